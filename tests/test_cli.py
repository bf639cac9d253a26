"""The shelf from a terminal."""

import argparse
import errno
import io
import re
import subprocess
import sys
from hashlib import sha256
from inspect import signature
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as PILImage

from effects.auto import auto_steps
from effects.catalogue import EFFECTS
from effects.cli import FORMATS, main, parse_size, parser, read_step, read_steps
from effects.codec import decode
from effects.codec.limits import MAX_PIXELS
from effects.color_transfer import color_transfer
from effects.effect import Effect
from effects.errors import EncodeError, RecipeError
from effects.flags import flags_of
from effects.looks import LOOKS
from effects.marks import Named
from effects.pipeline import Pipeline
from effects.recipe import original_of
from effects.reference import param_line
from effects.render import render
from tests.strategies import picture
from tests.tables import cube, cube_text, warm

STACK = Pipeline((EFFECTS["exposure"].step(stops=1), EFFECTS["sepia"].step(), EFFECTS["gaussian_blur"].step()))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    PILImage.fromarray(picture(60, 80)).save(path)
    return path


def test_list_names_every_effect(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    out = capsys.readouterr().out
    assert all(f"  {name} " in out and effect.summary in out for name, effect in EFFECTS.items())


@pytest.mark.parametrize("effect", EFFECTS.values(), ids=EFFECTS.keys())
def test_every_effect_is_described_and_every_mark_has_a_flag(
    effect: Effect, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["describe", effect.name]) == 0
    out = capsys.readouterr().out
    words = []
    for param in effect.params:
        assert f"  {param.name}: " in out
        assert f"--{param.name}" in flags_of(effect).format_help()
        words += [] if isinstance(param.mark, Named) else [f"--{param.name}={param.default}"]
    assert read_step([effect.name, *words]) == effect.step()


def test_plan_prints_passes_what_they_fused_and_their_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recipe = tmp_path / "recipe.json"
    recipe.write_text(STACK.to_json())
    assert main(["plan", str(recipe), "--size", "320x240"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "pointwise" in lines[0]
    assert lines[0].endswith("320 x 240  exposure + sepia")
    assert "spatial" in lines[1]
    assert lines[2].startswith("3 steps in 2 passes, ")
    *each, total = (float(re.findall(r"([\d.]+) ms", line)[0]) for line in lines)
    assert total == pytest.approx(sum(each), abs=0.02)
    assert total > 0


def test_apply_writes_what_the_pipeline_makes(photo: Path, tmp_path: Path) -> None:
    out, recipe = tmp_path / "out.png", tmp_path / "recipe.json"
    recipe.write_text(STACK.to_json())
    words = ["--recipe", str(recipe), "--effect", "rotate_flip", "--angle", "90", "--flip_vertical",
             "--effect", "sepia", "--amount", "0.5", "--strength", "0.5"]  # fmt: skip
    assert main(["apply", str(photo), str(out), *words]) == 0
    more = (EFFECTS["rotate_flip"].step(flip_vertical=True), EFFECTS["sepia"].step(amount=0.5, strength=0.5))
    expected = Pipeline((*STACK.steps, *more))(picture(60, 80))
    assert np.array_equal(decode(out.read_bytes()).image, expected)


def test_apply_takes_a_look_and_a_colour_table_out_of_a_file(photo: Path, tmp_path: Path) -> None:
    out, table = tmp_path / "out.png", tmp_path / "grade.cube"
    assert main(["apply", str(photo), str(out), "--look", "noir"]) == 0
    assert np.array_equal(decode(out.read_bytes()).image, LOOKS["noir"](picture(60, 80)))
    table.write_text(cube_text(warm, 5))
    assert main(["apply", str(photo), str(out), "--effect", "lut3d", "--table", str(table)]) == 0
    step = EFFECTS["lut3d"].step(table=cube(warm, 5))
    assert np.array_equal(decode(out.read_bytes()).image, Pipeline((step,))(picture(60, 80)))
    table = tmp_path / "grade.3DL"
    table.write_text("\n".join(f"{255 - r} {g} {b}" for r in (0, 255) for g in (0, 255) for b in (0, 255)))
    assert main(["apply", str(photo), str(out), "--effect", "lut3d", "--table", str(table)]) == 0
    assert np.abs(np.abs(picture(60, 80) - np.array([255, 0, 0])) - decode(out.read_bytes()).image).max() <= 1


def test_apply_reads_steps_from_pictures_before_all_others(photo: Path, tmp_path: Path) -> None:
    image, wanted = picture(60, 80) // 2 + np.uint8(20), picture(50, 50, 3) // 3
    out, like = tmp_path / "out.png", tmp_path / "like.png"
    PILImage.fromarray(image).save(photo)
    PILImage.fromarray(wanted).save(like)
    auto, late = auto_steps(image), EFFECTS["posterize"].step(levels=5)
    assert len(auto) > 0
    for words, steps in (
        (["--auto"], auto),
        (["--like", str(like)], Pipeline((color_transfer(image, wanted),))),
        (["--like", str(like), "--auto"], auto + color_transfer(auto(image), wanted)),
    ):
        more = ["--look", "noir", *words, "--effect", "posterize", "--levels", "5"]
        assert main(["apply", str(photo), str(out), *more]) == 0
        assert np.array_equal(decode(out.read_bytes()).image, (steps + LOOKS["noir"] + late)(image))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["apply", "{photo}", "out.png", "--like", "no.jpg"], "no.jpg: No such file"),
        (["apply", "{photo}", "out.png", "--like", __file__], "This is a text file"),
        (["describe", "sepai"], "there is no effect 'sepai'"),
        (["plan", "nowhere.json"], "No such file"),
        (["apply", "{photo}", "out.xyz"], "out.xyz does not end in one of"),
        (["apply", "{photo}", "out.png", "--effect", "sepia", "--amount", "7"], "sepia: amount 7 is outside 0..1"),
        (["apply", "{photo}", "out.png", "--effect", "rotate_flip", "--flip_vertical", "2"], "'2' is not true"),
        (["apply", "{photo}", "out.jpg", "--quality", "500"], "The quality 500 is no whole number from 1 to 100"),
        (["apply", "{photo}", "out.png", "--quality", "0"], "The quality 0 is no whole number from 1 to 100"),
        (["apply", "{photo}", "out.png", "--quality", "101", "--look", "noir"], "The quality 101 is no whole number"),
        (["apply", "{photo}", "out.png", "--max-side", "0"], "The longest side 0 is no whole number of pixels"),
        (["apply", "{photo}", "out.png", "--max-side", "-5"], "The longest side -5"),
        (["apply", "{photo}", "out.png", "--max-side", "9.5"], "--max-side: invalid int value: '9.5'"),
        (["apply", "{photo}", "out.png", "--effect", "sepia", "--max-side", "9"], "stands before --effect"),
        (["apply", "{photo}", "out.png", "--look", "sunny"], "there is no look 'sunny'"),
        (["apply", "{photo}", "out.png", "--effect", "lut3d", "--table", "no.cube"], "No such file"),
        (["apply", __file__, "out.png"], "This is a text file"),
        ([], "required"),
        (["plan", "recipe.json", "--size", "5"], "'5' is not a size like 1280x720"),
        (["apply", "{photo}", "out.jpg", "--quality", "fine"], "'fine'"),
        (["apply", "{photo}", "out.png", "--effect"], "--effect needs the name"),
        (["apply", "{photo}", "out.png", "--effect", "sepia", "--effect"], "--effect needs the name"),
        (["apply", "{photo}", "out.png", "--effect", "sepia", "--amount"], "--amount: expected one argument"),
        (["apply", "{photo}", "out.png", "--effect", "sepia", "--amount", "much"], "'much' is not a number"),
        (["apply", "{photo}", "out.png", "--effect", "sepia", "--amuont", "1"], "no '--amuont'; it has --amount"),
        (["apply", "{photo}", "out.png", "--effect", "lut3d", "--table", "{photo}"], "a HaldCLUT is square"),
        (["apply", "{photo}", "{photo}/out.png"], "photo.png/out.png: Not a directory"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence(
    words: list[str], sentence: str, photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word.replace("{photo}", str(photo)) for word in words]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(("words", "said"), [
    (["apply", "a.png", "b.png", "--quality", "fine"],
     "emulsion: python -m effects apply: argument --quality: invalid int value: 'fine'\n"),
    (["apply"], "emulsion: python -m effects apply: the following arguments are required: IN, OUT\n"),
    (["develop"],
     "emulsion: python -m effects: argument list | describe | plan | apply | batch | video | cube: invalid choice: "),
    (["list", "all"], "emulsion: python -m effects: unrecognized arguments: all\n"),
])  # fmt: skip
def test_a_mistake_in_a_commands_words_is_argparses_own_error(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(argparse.ArgumentError):
        parser().parse_args(words)
    assert main(words) == 2
    assert capsys.readouterr().err.startswith(said)


@pytest.mark.parametrize("words", [["sepai"], ["sepia", "--amuont", "1"], ["sepia", "--amount"]])
def test_a_mistake_in_an_effects_words_is_argparses_and_a_bad_value_the_steps(words: list[str]) -> None:
    with pytest.raises(argparse.ArgumentError):
        read_steps(words)
    with pytest.raises(argparse.ArgumentError, match="needs the name"):
        read_steps([*words, "--effect"])
    with pytest.raises(RecipeError, match="sepia: amount 7 is outside"):
        read_step(["sepia", "--amount", "7"])


def test_a_value_may_begin_with_a_dash() -> None:
    assert read_step(["exposure", "--stops", "-1e-3"]) == EFFECTS["exposure"].step(stops=-1e-3)
    assert read_step(["text", "--text", "--so", "--shadow"]) == EFFECTS["text"].step(text="--so", shadow=True)


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_ending_of_the_name_decides_the_format(suffix: str, photo: Path, tmp_path: Path) -> None:
    out = tmp_path / f"out{suffix}"
    assert main(["apply", str(photo), str(out), "--effect", "swirl"]) == 0
    assert decode(out.read_bytes()).metadata["format"] == FORMATS[suffix]


def test_a_picture_may_be_written_over_itself_and_stays_where_the_disk_is_full(
    photo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    photo.chmod(0o640)
    assert main(["apply", str(photo), str(photo), "--effect", "invert"]) == 0
    assert np.array_equal(decode(photo.read_bytes()).image, 255 - picture(60, 80))
    assert photo.stat().st_mode & 0o777 == 0o640

    def half(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    written = photo.read_bytes()
    monkeypatch.setattr(Path, "write_bytes", half)
    assert main(["apply", str(photo), str(photo), "--effect", "sepia"]) == 2
    assert "photo.png: No space left on device" in capsys.readouterr().err
    assert photo.read_bytes() == written
    assert [path.name for path in photo.parent.iterdir()] == ["photo.png"]


@pytest.mark.slow
def test_it_runs_as_a_module(photo: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jpg"
    command = [sys.executable, "-m", "effects", "apply", str(photo), str(out), "--effect", "swirl"]
    subprocess.run(command, check=True, cwd=Path(__file__).parent.parent)
    assert PILImage.open(io.BytesIO(out.read_bytes())).format == "JPEG"


FOR_ITSELF = {"data", "recipe_json", "format", "tables", "unhidden"}
"""What `apply` has from its files and their names, and what only somebody who looks at the faces can say."""


def test_what_render_offers_the_command_line_offers_under_the_same_name() -> None:
    options = vars(parser().parse_args(["apply", "in.png", "out.png"]))
    offered = {name: option.default for name, option in signature(render).parameters.items() if name not in FOR_ITSELF}
    assert {name: options.get(name, "nothing") for name in offered} == offered


@pytest.mark.parametrize(("flags", "options"), [
    ([], {}),
    (["--quality", "60"], {"quality": 60}),
    (["--max-side", "40"], {"max_side": 40}),
    (["--keep-metadata"], {"metadata": "keep"}),
    (["--embed-recipe"], {"embed_recipe": True}),
    (["--embed-recipe", "--keep-metadata", "--max-side=33", "--quality=1"],
     {"embed_recipe": True, "metadata": "keep", "max_side": 33, "quality": 1}),
])  # fmt: skip
@pytest.mark.parametrize("effects", [[], ["--effect", "sepia"]])
def test_the_file_is_what_render_makes_of_the_same_options(
    flags: list[str], options: dict[str, Any], effects: list[str], tmp_path: Path
) -> None:
    source, out = tmp_path / "photo.jpg", tmp_path / "out.jpg"
    exif = PILImage.Exif()
    exif[0x010F] = "A camera"
    PILImage.fromarray(picture(60, 80)).save(source, exif=exif)
    assert main(["apply", str(source), str(out), *flags, *effects]) == 0
    recipe = Pipeline(tuple(EFFECTS[name].step() for name in effects[1:])).to_json()
    assert out.read_bytes() == render(source.read_bytes(), recipe, format="jpeg", **options)
    photo = decode(out.read_bytes())
    assert max(photo.image.shape) == options.get("max_side", 80)
    camera = PILImage.open(io.BytesIO(out.read_bytes())).getexif().get(0x010F)
    assert camera == ("A camera" if "metadata" in options else None)
    inside = photo.metadata.get("recipe")
    assert (inside and Pipeline.from_json(inside).to_json()) == (recipe if "embed_recipe" in options else None)
    assert not inside or original_of(inside) == sha256(source.read_bytes()).hexdigest()


@pytest.mark.parametrize("options", [
    {"quality": 0}, {"quality": 101}, {"quality": 50.5}, {"max_side": 0}, {"max_side": -1}, {"max_side": 1.5},
    {"metadata": "some"}, {"format": "gif"},
])  # fmt: skip
def test_render_refuses_what_it_cannot_do_even_where_there_is_nothing_to_do(options: dict[str, Any]) -> None:
    file = io.BytesIO()
    PILImage.fromarray(picture(8, 8)).save(file, "PNG")
    with pytest.raises(EncodeError, match=str(next(iter(options.values())))):
        render(file.getvalue(), Pipeline().to_json(), **{"format": "png", **options})


def test_a_description_says_when_a_parameter_counts_and_what_changes_nothing() -> None:
    for effect in EFFECTS.values():
        for param in effect.params:
            line = param_line(param)
            assert line.startswith(f"  {param.name}: ")
            assert f"; {param.default} by default" in line
            assert ("counts where" in line) == bool(param.when.options)
            assert ("changes nothing at" in line) == (param.mark.neutral is not None)
            assert line.endswith(f". {param.mark.help}" if param.mark.help else line[-1])
    (cut,) = [param for param in EFFECTS["threshold"].params if param.name == "threshold"]
    assert ", counts where mode is manual. Lighter than this is white." in param_line(cut)


def test_a_plan_is_timed_on_a_screens_picture_unless_a_size_is_asked_for() -> None:
    assert parser().parse_args(["plan", "recipe.json"]).size == (1280, 720)
    assert parse_size("1x1") == (1, 1)
    assert parse_size("640X480") == (640, 480)
    assert parse_size(f"{MAX_PIXELS}x1") == (MAX_PIXELS, 1)
    for text in ("0x5", "5x0", "-5x-5", f"{MAX_PIXELS + 1}x1", "5", "5x5x5", "axb"):
        with pytest.raises(argparse.ArgumentTypeError):
            parse_size(text)


@pytest.mark.slow
def test_cube_writes_the_stacks_colours_and_says_what_it_leaves_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "noir.cube"
    assert main(["cube", str(out), "--look", "noir", "--size", "17"]) == 0
    assert out.read_text() == LOOKS["noir"].to_cube(17).text
    assert capsys.readouterr().out == "Left out, as no colour table can hold it: Vignette, Grain.\n"
    recipe = tmp_path / "recipe.json"
    recipe.write_text(STACK[:1].to_json())
    assert main(["cube", str(out), "--recipe", str(recipe), "--effect", "sepia", "--amount", "0.5"]) == 0
    assert out.read_text() == (STACK[:1] + EFFECTS["sepia"].step(amount=0.5)).to_cube().text
    assert capsys.readouterr().out == ""
    assert main(["cube", str(out), "--effect", "posterize", "--levels", "2"]) == 0
    sentence = "Posterize has edges too sharp for 33 points: up to 223 levels off beside them.\n"
    assert capsys.readouterr().out == sentence


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["out.png", "--look", "noir"], "out.png does not end in .cube"),
        (["out.cube", "--look", "noir", "--size", "32"], "baked at 17, 33 or 65 points a side, not at 32"),
        (["out.cube", "--look", "nois"], "there is no look 'nois'"),
    ],
)
def test_cube_refuses_in_a_sentence_and_leaves_what_was_there(
    words: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / words[0]).write_text("before")
    assert main(["cube", str(tmp_path / words[0]), *words[1:]]) == 2
    assert sentence in capsys.readouterr().err
    assert [path.read_text() for path in tmp_path.iterdir()] == ["before"]


def test_plan_shows_a_group_by_its_title_and_strength(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recipe = tmp_path / "recipe.json"
    group = STACK.group(strength=0.5, title="Mine")
    recipe.write_text((STACK[:1] + group + EFFECTS["sepia"].step(muted=True)).to_json())
    assert main(["plan", str(recipe), "--size", "32x24"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].endswith("32 x 24  Mine 50% (exposure + sepia + gaussian_blur)")
    assert "group" in lines[1]
    assert lines[2].startswith("5 steps in 2 passes, ")
    assert lines[2].endswith("; 1 left out, as they change nothing")

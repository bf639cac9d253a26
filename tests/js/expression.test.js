// The tree of a program's parameters comes to the same numbers in the page as in Python, which made the cases.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { evaluateTree } from "../../pages/components/drawing/expression.js";
import { shaderText } from "../../pages/components/drawing/shaders.js";

const CASES = JSON.parse(readFileSync(new URL("expression_cases.json", import.meta.url), "utf-8"));

test("every node comes to what Python says", () => {
  for (const { tree, values, found } of CASES) {
    for (const [place, value] of evaluateTree(tree, values).entries()) {
      const meant = found[place];
      if (typeof meant === "boolean") assert.equal(value, meant, `node ${place}`);
      else
        assert.ok(Math.abs(value - meant) <= 1e-12 * Math.max(1, Math.abs(meant)), `node ${place}: ${value}, ${meant}`);
    }
  }
});

test("halves are rounded to even, and the sign of nothing counts", () => {
  const nodes = [0.5, 1.5, -0.5, -2.5, -0, 3, [1, 0], [1, 1], [1, 2], [1, 3], [0, 5, 4]];
  const found = evaluateTree({ operations: ["copysign", "rint"], nodes }, {});
  assert.deepEqual(
    found.slice(6).map((value) => value + 0),
    [0, 2, 0, -2, -3],
  );
});

test("a shader's text has the functions it calls after what it declares, and its conditions on top", () => {
  const draw = { glsl: "uniform vec2 size;\n\nvoid main(){}\n", calls: ["one", "two"], flags: [4, 7] };
  const text = shaderText(draw, { one: "float one();\n", two: "float two();\n", three: "" }, [true, false]);
  const lines = text.split("\n");
  assert.equal(lines[0], "#version 300 es");
  assert.deepEqual(lines.slice(3, 5), ["#define B0 true", "#define B1 false"]);
  assert.deepEqual(lines.slice(5, 9), ["uniform vec2 size;", "float one();", "float two();", "void main(){}"]);
});

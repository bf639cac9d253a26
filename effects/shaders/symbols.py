"""An array of expressions that NumPy's own functions take for an array: `Symbol`.

Its pixel axes have length 1, for one pixel is as good as another; NumPy's broadcasting and indexing do the rest. What
NumPy asks of an array comes in by its protocols (`__array_ufunc__`, `__array_function__`); nothing else is replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt
from numpy.lib.mixins import NDArrayOperatorsMixin

from effects.shaders.branches import Trace, Untraceable
from effects.shaders.expressions import Expression, Rank
from effects.shaders.operations import OF_TRUTHS, REDUCTIONS, UFUNCS

__all__ = ["NUMPY_FUNCTIONS", "Symbol", "Untraceable", "elements_of"]

Elements = npt.NDArray[np.object_]
"""Any shape; each element is an `Expression`."""

PIXEL_AXES = 2

NUMPY_FUNCTIONS: dict[Callable[..., Any], Callable[..., Any]] = {}
"""A function of NumPy's -> what it is for symbols; filled by `effects.shaders.numpy_functions`."""

IGNORED = {"casting", "order", "subok"}
"""What a ufunc may be told that changes no number."""

A_NUMBER = (
    "float(), math or an array of numbers where a parameter's or a pixel's value comes in; NumPy's functions, .item(), "
    "np.stack and np.empty_like carry it on"
)


def element_array(expression: Expression) -> Elements:
    """One expression as an array without axes."""
    elements = np.empty((), object)
    elements[()] = expression
    return elements


def elements_of(trace: Trace, given: Any) -> Elements:
    """Anything that NumPy takes for an array, symbols or not, as an array of expressions."""
    if isinstance(given, Symbol):
        return given.elements
    if isinstance(given, Expression):
        return element_array(given)
    plain = np.asarray(given)
    elements = np.empty(plain.shape, object)
    for place in np.ndindex(plain.shape):
        number = plain[place]
        elements[place] = number.only() if isinstance(number, Symbol) else trace.sheet.constant(number)
    return elements


class Symbol(NDArrayOperatorsMixin):
    """An array of expressions. It has no hash: a cache would keep it, and give it to others."""

    __slots__ = ("elements", "trace")
    __hash__ = None  # type: ignore[assignment]

    dtype = np.dtype(np.float32)

    def __init__(self, trace: Trace, elements: Elements) -> None:
        self.trace, self.elements = trace, elements

    @property
    def shape(self) -> tuple[int, ...]:
        """As of an array; the pixel axes have length 1."""
        return self.elements.shape

    @property
    def ndim(self) -> int:
        """How many axes it has."""
        return self.elements.ndim

    @property
    def size(self) -> int:
        """How many elements it has."""
        return self.elements.size

    @property
    def T(self) -> Symbol:  # noqa: N802 - NumPy's name
        """Its axes the other way round."""
        return self._like(self.elements.T)

    def _like(self, elements: Any) -> Symbol:
        return Symbol(self.trace, elements if isinstance(elements, np.ndarray) else element_array(elements))

    def only(self) -> Expression:
        """Its one element; ValueError as of an array that has more."""
        element: Expression = self.elements.item()
        return element

    def __len__(self) -> int:
        return len(self.elements)

    def __iter__(self) -> Iterator[Symbol]:
        return (self._like(each) for each in self.elements)

    def __repr__(self) -> str:
        return f"Symbol({self.elements.tolist()})"

    def __getitem__(self, key: Any) -> Symbol:
        return self._like(self.elements[_plain_key(key)])

    def __setitem__(self, key: Any, value: Any) -> None:
        if isinstance(key, Symbol):
            axes = (1,) * (self.ndim - key.ndim)
            condition, chosen = key.elements.reshape(key.shape + axes), elements_of(self.trace, value)
            self.elements[...] = self.apply("select", condition, chosen, self.elements)
        else:
            self.elements[key] = elements_of(self.trace, value)

    def __bool__(self) -> bool:
        condition = self.trace.sheet.make("or", self.only(), False)
        return bool(condition.value) if condition.is_constant else self.trace.path.decide(condition)

    def __float__(self) -> float:
        element = self.only()
        if element.is_constant:
            return float(element.value or 0.0)
        raise Untraceable(A_NUMBER)

    def __int__(self) -> int:
        return int(float(self))

    def __round__(self, decimals: int | None = None) -> Any:
        return self.round(decimals or 0)

    def __floor__(self) -> Any:
        return np.floor(self)

    def __ceil__(self) -> Any:
        return np.ceil(self)

    def __trunc__(self) -> Any:
        return np.trunc(self)

    def __index__(self) -> NoReturn:
        raise Untraceable("an index or a count that a parameter or a pixel's value gives")

    def apply(self, name: str, *arrays: Elements) -> Elements:
        """A ufunc or operation, by name, on each element of arrays that are broadcast against each other."""
        sheet = self.trace.sheet
        build = UFUNCS.get(name)
        together = np.broadcast(*arrays)
        out = np.empty(together.shape, object)
        flat = [build(sheet.make, *each) if build else sheet.make(name, *each) for each in together]
        if not flat:
            return out
        for place, each in zip(np.ndindex(out.shape), flat, strict=True):
            out[place] = each
        return out

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, out: Any = None, **more: Any) -> Any:
        name = ufunc.__name__
        if name == "matmul" and method == "__call__" and out is None:
            return self.product(*inputs)
        if method == "reduce" and name in REDUCTIONS and out is None:
            return self.reduced(REDUCTIONS[name], inputs[0], **more)
        refused = [key for key, value in more.items() if key not in IGNORED and not _is_floating(key, value)]
        if method != "__call__" or refused or name not in UFUNCS:
            raise Untraceable(f"np.{name}{'' if method == '__call__' else '.' + method} {' '.join(refused)}".rstrip())
        arrays = [elements_of(self.trace, each) for each in inputs]
        if name in OF_TRUTHS and not all(each.is_bool for array in arrays for each in array.ravel().tolist()):
            raise Untraceable(f"np.{name} of the bits of numbers")
        result = self.apply(name, *arrays)
        if out is None:
            return self._like(result)
        (target,) = out
        if not isinstance(target, Symbol):
            raise Untraceable("an array of plain numbers to be written to; np.empty_like makes one that can")
        target.elements[...] = result
        return target

    def __array_function__(self, function: Callable[..., Any], types: Any, given: Any, named: Any) -> Any:
        if function not in NUMPY_FUNCTIONS:
            raise Untraceable(f"np.{function.__name__}")
        return NUMPY_FUNCTIONS[function](self, *given, **named)

    def product(self, one: Any, other: Any) -> Symbol:
        """The matrix product of two, one of which may be plain."""
        first, second = elements_of(self.trace, one), elements_of(self.trace, other)
        left = first[None] if first.ndim == 1 else first
        right = second[:, None] if second.ndim == 1 else second
        terms = [
            self.apply("multiply", left[..., :, place, None], right[..., None, place, :])
            for place in range(left.shape[-1])
        ]
        total = terms[0]
        for term in terms[1:]:
            total = self.apply("add", total, term)
        total = total[..., 0, :] if first.ndim == 1 else total
        return self._like(total[..., 0] if second.ndim == 1 else total)

    def reduced(self, name: str, given: Any, axis: Any = 0, keepdims: bool = False, **more: Any) -> Symbol:
        """The operation between all elements along an axis that is none of the pixels'."""
        if refused := [key for key, value in more.items() if value is not None and not _is_floating(key, value)]:
            raise Untraceable(f"a reduction with {' and '.join(refused)}")
        elements = elements_of(self.trace, given)
        axes = range(elements.ndim) if axis is None else [axis] if isinstance(axis, int) else axis
        places = sorted({each % elements.ndim for each in axes}, reverse=True) if elements.ndim else []
        varying = any(each.rank is Rank.PIXEL for each in elements.ravel().tolist())
        if varying and elements.ndim > PIXEL_AXES and any(place < PIXEL_AXES for place in places):
            raise Untraceable("a sum, mean or extreme of all pixels")
        if varying and elements.ndim == PIXEL_AXES and places:
            raise Untraceable("a sum, mean or extreme of all pixels")
        for place in places:
            parts = [np.take(elements, [index], axis=place) for index in range(elements.shape[place])]
            elements = parts[0]
            for part in parts[1:]:
                elements = self.apply(name, elements, part)
        return self._like(elements if keepdims else np.squeeze(elements, tuple(places)) if places else elements)

    def astype(self, dtype: Any, *_: Any, **__: Any) -> Symbol:
        """As another type: whole numbers are cut off, floats are as precise as they are."""
        kind = np.dtype(dtype).kind
        if kind == "b":
            return self._like(self.apply("not", self.apply("not", self.elements)))
        return self._like(self.elements if kind == "f" else self.apply("trunc", self.elements))

    def copy(self, *_: Any, **__: Any) -> Symbol:
        """The same elements in an array of their own."""
        return self._like(self.elements.copy())

    def item(self, *place: Any) -> Symbol:
        """The one element, or that at a place: a number wherever arithmetic goes on with it."""
        return self._like(self.elements.item(*place))

    def tolist(self) -> Any:
        """Lists of elements, each a symbol without axes."""
        return [each.tolist() for each in self] if self.ndim else self

    def clip(self, min: Any = None, max: Any = None, out: Any = None, **_: Any) -> Symbol:
        """Held between two bounds."""
        return np.clip(self, min, max, out=out)  # type: ignore[call-overload]

    def reshape(self, *shape: Any, **_: Any) -> Symbol:
        """In another shape."""
        return self._like(self.elements.reshape(*shape))

    def ravel(self, *_: Any) -> Symbol:
        """Along one axis."""
        return self._like(self.elements.ravel())

    def transpose(self, *axes: Any) -> Symbol:
        """Its axes in another order."""
        return self._like(self.elements.transpose(*axes))

    def repeat(self, count: Any, axis: int | None = None) -> Symbol:
        """Each element so often."""
        return self._like(self.elements.repeat(count, axis=axis))

    def sum(self, axis: Any = None, **more: Any) -> Symbol:
        """The sum along an axis that is none of the pixels'."""
        return self.reduced("add", self, axis, **more)

    def prod(self, axis: Any = None, **more: Any) -> Symbol:
        """The product along an axis that is none of the pixels'."""
        return self.reduced("multiply", self, axis, **more)

    def min(self, axis: Any = None, **more: Any) -> Symbol:
        """The least along an axis that is none of the pixels'."""
        return self.reduced("minimum", self, axis, **more)

    def max(self, axis: Any = None, **more: Any) -> Symbol:
        """The largest along an axis that is none of the pixels'."""
        return self.reduced("maximum", self, axis, **more)

    def any(self, axis: Any = None, **more: Any) -> Symbol:
        """Whether one holds along an axis that is none of the pixels'."""
        return self.reduced("or", self, axis, **more)

    def all(self, axis: Any = None, **more: Any) -> Symbol:
        """Whether each holds along an axis that is none of the pixels'."""
        return self.reduced("and", self, axis, **more)

    def mean(self, axis: Any = None, **more: Any) -> Any:
        """The mean along an axis that is none of the pixels'."""
        total = self.sum(axis, **more)
        return total / (self.size / max(1, total.size))

    def round(self, decimals: int = 0, **_: Any) -> Any:
        """Rounded to nearest, ties to even."""
        return np.rint(self * 10.0**decimals) / 10.0**decimals


def _plain_key(key: Any) -> Any:
    """An index that no pixel has a part in."""
    parts = key if isinstance(key, tuple) else (key,)
    if any(isinstance(part, Symbol) for part in parts):
        raise Untraceable("an index that a pixel's value gives; np.where or np.interp say what is meant")
    return key


def _is_floating(key: str, value: Any) -> bool:
    """Whether it asks for a type of floats, which a shader has one of."""
    return value is None or (key == "dtype" and np.dtype(value).kind == "f") or (key == "where" and value is True)

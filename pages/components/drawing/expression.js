// What a program computes of its parameters alone, once a change and in double precision: a tree of operations.
//
// A node is a number, a truth, a variable's name, or an operation's place in the list of names and the places of its
// arguments, which stand before it.
const toEven = (x) => {
  const low = Math.floor(x);
  const beyond = x - low;
  return beyond < 0.5 || (beyond === 0.5 && low % 2 === 0) ? low : low + 1;
};

const isNegative = (x) => x < 0 || Object.is(x, -0);

const OPERATIONS = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  power: (a, b) => a ** b,
  mod: (a, b) => a - b * Math.floor(a / b),
  minimum: (a, b) => Math.min(a, b),
  maximum: (a, b) => Math.max(a, b),
  negative: (a) => -a,
  absolute: (a) => Math.abs(a),
  sign: (a) => Math.sign(a),
  copysign: (a, b) => (isNegative(b) ? -Math.abs(a) : Math.abs(a)),
  floor: (a) => Math.floor(a),
  ceil: (a) => Math.ceil(a),
  trunc: (a) => Math.trunc(a),
  rint: toEven,
  sqrt: (a) => Math.sqrt(a),
  exp2: (a) => 2 ** a,
  log2: (a) => Math.log2(a),
  sin: (a) => Math.sin(a),
  cos: (a) => Math.cos(a),
  arctan2: (a, b) => Math.atan2(a, b),
  tanh: (a) => Math.tanh(a),
  number: (a) => Number(a),
  less: (a, b) => a < b,
  less_equal: (a, b) => a <= b,
  equal: (a, b) => a === b,
  and: (a, b) => a && b,
  or: (a, b) => a || b,
  not: (a) => !a,
  select: (condition, yes, no) => (condition ? yes : no),
};

// What every node comes to, in their order, for these values of the variables.
export const evaluateTree = ({ operations, nodes }, values) => {
  const found = [];
  for (const node of nodes) {
    if (typeof node === "string") found.push(values[node]);
    else if (Array.isArray(node)) {
      const [operation, ...places] = node;
      found.push(OPERATIONS[operations[operation]](...places.map((place) => found[place])));
    } else found.push(node);
  }
  return found;
};

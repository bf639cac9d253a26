// A sentence with what belongs in its gaps, as it is: `{name}` is filled by the part of that name.
export const filled = (sentence, parts) => sentence.replace(/\{(\w+)\}/g, (_, part) => parts[part]);

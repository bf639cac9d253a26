// Shaders compiled and told their numbers; a text is compiled once for each set of conditions that hold.
const CORNERS = `#version 300 es
void main() { gl_Position = vec4(4 * (gl_VertexID & 1) - 1, 4 * (gl_VertexID >> 1) - 1, 0, 1); }
`;
const MAX_COMPILED = 64;

const compiled = (gl, kind, text) => {
  const shader = gl.createShader(kind);
  gl.shaderSource(shader, text);
  gl.compileShader(shader);
  return shader;
};

// A program of one text that is being linked, beside the page where the browser can do that.
const begun = (gl, text) => {
  const program = gl.createProgram();
  const shaders = [compiled(gl, gl.VERTEX_SHADER, CORNERS), compiled(gl, gl.FRAGMENT_SHADER, text)];
  for (const shader of shaders) gl.attachShader(program, shader);
  gl.linkProgram(program);
  return { program, shaders, places: new Map(), isLinked: false };
};

// Waits until it is linked; an Error with the driver's words where its text is none.
const finish = (gl, found, text) => {
  const { program, shaders } = found;
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
    const words = [gl.getProgramInfoLog(program), ...shaders.map((shader) => gl.getShaderInfoLog(shader))];
    throw new Error(`${words.join("\n")}\n${text}`);
  }
  for (const shader of shaders) gl.deleteShader(shader);
  found.isLinked = true;
};

// The text with the functions that it calls, and its conditions as constants: what is not taken is compiled away.
export const shaderText = ({ glsl, calls, flags }, functions, truths) => {
  const head = "#version 300 es\nprecision highp float;\nprecision highp int;\n";
  const holds = flags.map((_, place) => `#define B${place} ${truths[place]}\n`).join("");
  const [declared, rest] = glsl.split("\n\n");
  return `${head}${holds}${declared}\n${calls.map((name) => functions[name]).join("")}${rest}`;
};

export const shaderShelf = (gl) => {
  const known = new Map();
  const beside = gl.getExtension("KHR_parallel_shader_compile");
  const take = (text) => {
    const found = known.get(text) ?? begun(gl, text);
    known.delete(text);
    known.set(text, found); // the last used is the last to go
    if (known.size > MAX_COMPILED) {
      const [oldest] = known;
      gl.deleteProgram(oldest[1].program);
      known.delete(oldest[0]);
    }
    return found;
  };
  return {
    // Begin with a text; whether its shader can be used without waiting.
    isReady: (text) => {
      const { program, isLinked } = take(text);
      return isLinked || !beside || gl.getProgramParameter(program, beside.COMPLETION_STATUS_KHR);
    },
    // Draw with a text's shader from now on; gives the places of its uniforms by their names.
    use: (text) => {
      const found = take(text);
      if (!found.isLinked) finish(gl, found, text);
      gl.useProgram(found.program);
      return (name) => {
        if (!found.places.has(name)) found.places.set(name, gl.getUniformLocation(found.program, name));
        return found.places.get(name);
      };
    },
  };
};

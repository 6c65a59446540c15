/**
 * Writes the outermost arrow functions of a module as function expressions. V8 skips over the body of a `function` until it is
 * called, and parses that of an arrow function in an ES module at once and in full, whether it is ever called or not.
 */
import { parseAst } from "rolldown/parseAst";

/** @typedef {{ type: string, start: number, end: number }} Node */
/** @typedef {Node & { async: boolean, expression: boolean, params: Node[], body: Node }} Arrow */

/** What has a `this` of its own, and is skipped by the engine as it is. */
const closed = new Set(["FunctionDeclaration", "FunctionExpression", "ClassBody"]);

/**
 * The code of a module with its outermost arrow functions as function expressions. None of them reads `this` or `arguments`,
 * which a module does not have.
 * @param {string} code
 */
export const withFunctionExpressions = (code) => {
  let written = "";
  let from = 0;
  for (const arrow of arrowsOf(parseAst(code))) {
    written += code.slice(from, arrow.start) + functionOf(code, arrow);
    from = arrow.end;
  }
  return written + code.slice(from);
};

/**
 * The outermost arrow functions in order.
 * @param {unknown} node
 * @returns {Arrow[]}
 */
const arrowsOf = (node) => {
  if (Array.isArray(node)) return node.flatMap(arrowsOf);
  if (!isNode(node) || closed.has(node.type)) return [];
  if (node.type === "ArrowFunctionExpression") return [/** @type {Arrow} */ (node)];
  return Object.values(node)
    .flatMap(arrowsOf)
    .sort((a, b) => a.start - b.start);
};

/**
 * @param {unknown} value
 * @returns {value is Node}
 */
const isNode = (value) => typeof value === "object" && value !== null && "type" in value;

/**
 * @param {string} code
 * @param {Arrow} arrow
 */
const functionOf = (code, { async, expression, params, body }) => {
  const between = code.slice(params[0]?.start ?? 0, params.at(-1)?.end ?? 0);
  const text = code.slice(body.start, body.end);
  return `${async ? "async " : ""}function(${between})${expression ? `{return ${text}}` : text}`;
};

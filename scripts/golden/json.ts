/** JSON as it is read from the data: typed access that says where something is not as expected. */

export type Json = null | boolean | number | string | readonly Json[] | JsonRecord;
export interface JsonRecord {
  readonly [key: string]: Json;
}

/** A case that does not follow the format: reported as a failure, never ignored. */
export class BadCase extends Error {
  override readonly name = "BadCase";
}

export const isRecord = (json: Json | undefined): json is JsonRecord =>
  typeof json === "object" && json !== null && !Array.isArray(json);

export const isList = (json: Json | undefined): json is readonly Json[] => Array.isArray(json);

export const asRecord = (json: Json | undefined, what: string): JsonRecord => {
  if (!isRecord(json)) throw new BadCase(`${what}: expected an object, got ${show(json)}`);
  return json;
};

export const asList = (json: Json | undefined, what: string): readonly Json[] => {
  if (!isList(json)) throw new BadCase(`${what}: expected a list, got ${show(json)}`);
  return json;
};

export const asString = (json: Json | undefined, what: string): string => {
  if (typeof json !== "string") throw new BadCase(`${what}: expected a string, got ${show(json)}`);
  return json;
};

const special: ReadonlyMap<Json, number> = new Map([
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
  ["-0", -0],
]);

/** What JSON cannot write as a number stands as a string. */
export const asNumber = (json: Json | undefined, what: string): number => {
  if (typeof json === "number") return json;
  const value = json === undefined ? undefined : special.get(json);
  if (value === undefined) throw new BadCase(`${what}: expected a number, got ${show(json)}`);
  return value;
};

export const asNumbers = (json: Json | undefined, what: string): readonly number[] =>
  asList(json, what).map((element, i) => asNumber(element, `${what}[${String(i)}]`));

/** The same JSON with the strings that stand for numbers replaced, at any depth. */
export const withNumbers = (json: Json): Json => {
  if (isList(json)) return json.map(withNumbers);
  if (isRecord(json)) return mapRecord(json, withNumbers);
  return special.get(json) ?? json;
};

export const mapRecord = <A, B>(
  record: { readonly [key: string]: A },
  f: (value: A, key: string) => B,
): { readonly [key: string]: B } =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value, key)]));

/** @throws BadCase when the record has a field that nobody knows what to do with. */
export const checkFields = (record: JsonRecord, known: readonly string[]): void => {
  const unknown = Object.keys(record).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new BadCase(`unknown field ${unknown.map((key) => `"${key}"`).join(", ")}`);
};

/** The beginning of JSON, for messages. */
export const show = (json: Json | undefined): string =>
  json === undefined ? "nothing" : JSON.stringify(json).slice(0, 60);

/** Small words of messages. */

/** The noun with its article: "a Date", "an Int8Array". */
export const withArticle = (noun: string): string => `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;

/** What an object is an instance of, also where its class has no name: a generator's has none, and iterators of JavaScript say Object. */
export const nameOfClass = (x: object): string => {
  const type: unknown = x.constructor;
  if (typeof type === "function" && type.name !== "" && type !== Object) return type.name;
  const tag = Object.prototype.toString.call(x).slice("[object ".length, -1);
  return tag === "Object" ? "object of a class without a name" : tag;
};

/** The number with its noun: "1 argument", "2 arguments". */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

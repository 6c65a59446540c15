/** Small words of messages. */

/** The noun with its article: "a Date", "an Int8Array". */
export const withArticle = (noun: string): string => `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;

/** The number with its noun: "1 argument", "2 arguments". */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

declare const brand: unique symbol;

/** A value of type T that only the parser named by Name may produce; at run time it is a plain T. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

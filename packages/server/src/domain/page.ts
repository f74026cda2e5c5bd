// A page of a store's list, by the entries' numbers: newest first, those before `before`.

export type PageBefore = { readonly before?: number | undefined; readonly limit: number };

/** How a measure's value is computed from those of others. */
export type Derivation =
  | { readonly kind: 'formula' }
  | { readonly kind: 'window'; readonly measure: string }
  | { readonly kind: 'children'; readonly measure: string };

/** Where the store lives. Same shape as the configuration's `StoreConfig`, with the password resolved. */
export type StoreLocation =
  | { readonly client: 'sqlite' /** Absolute path. */; readonly file: string }
  | {
      readonly client: 'mysql';
      readonly host: string;
      readonly port: number;
      readonly database: string;
      readonly user: string;
      readonly password: string;
    };

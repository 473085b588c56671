/** What typing made of a row. */
export const USABLE = 0;
export const BAD = 1;
/** Its day lies outside the window. Only the cells of its key were typed. */
export const OUTSIDE = 2;
/** As {@link OUTSIDE}, and a cell of its key cannot be read. */
export const OUTSIDE_WITHOUT_KEY = 3;

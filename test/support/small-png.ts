// Pictures of pages have few colours, and the browser keeps three bytes of each: with a palette they are a third as large.
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_COLOURS = 256;

/** The same picture with at most 256 colours: of more the rarer ones become the nearest of the others. */
export function withPalette(png: Buffer): Buffer {
  const { width, height, bytes, rows } = decoded(png);
  const counts = new Map<number, number>();
  for (const row of rows) {
    for (let x = 0; x < width; x++) {
      const colour = row.readUIntBE(x * bytes, 3);
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
  }
  const palette = [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_COLOURS)
    .map(([colour]) => colour);
  const known = new Map(palette.map((colour, index) => [colour, index]));
  const indexed = rows.map((row) => {
    const line = Buffer.alloc(width + 1);
    for (let x = 0; x < width; x++) {
      const colour = row.readUIntBE(x * bytes, 3);
      const index = known.get(colour) ?? nearest(colour, palette);
      known.set(colour, index);
      line[x + 1] = index;
    }
    return line;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.alloc(palette.length * 3);
  for (const [index, colour] of palette.entries()) colours.writeUIntBE(colour, index * 3, 3);
  const data = deflateSync(Buffer.concat(indexed), { level: 9 });
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function nearest(colour: number, palette: readonly number[]): number {
  const parts = (each: number): readonly number[] => [each >> 16, (each >> 8) & 255, each & 255];
  const [red = 0, green = 0, blue = 0] = parts(colour);
  const distances = palette.map((each) => {
    const [r = 0, g = 0, b = 0] = parts(each);
    return (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
  });
  return distances.indexOf(Math.min(...distances));
}

/** The rows of a PNG of 8 bits a channel, without interlacing: what browsers write. */
function decoded(png: Buffer) {
  const parts: Buffer[] = [];
  let header = Buffer.alloc(13);
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = Buffer.from(data);
    if (type === 'IDAT') parts.push(data);
    at += 12 + length;
  }
  const [width, height, bytes] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9] === 6 ? 4 : 3];
  const stride = width * bytes;
  const raw = inflateSync(Buffer.concat(parts));
  const rows: Buffer[] = [];
  let above = Buffer.alloc(stride);
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1);
    above = unfiltered(raw[start] ?? 0, raw.subarray(start + 1, start + 1 + stride), above, bytes);
    rows.push(above);
  }
  return { width, height, bytes, rows };
}

/** @see https://www.w3.org/TR/png-3/#9Filters */
function unfiltered(filter: number, line: Buffer, above: Buffer, bytes: number): Buffer<ArrayBuffer> {
  const row = Buffer.alloc(line.length);
  for (let x = 0; x < line.length; x++) {
    const left = row[x - bytes] ?? 0;
    const up = above[x] ?? 0;
    const corner = above[x - bytes] ?? 0;
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
    row[x] = ((line[x] ?? 0) + guess) & 255;
  }
  return row;
}

function paeth(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

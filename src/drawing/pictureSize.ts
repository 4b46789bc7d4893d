import { InvalidInputError } from '../input/invalidInput.ts';

/** The size of an exported picture, axes and colour bars included. */
export interface PictureSize {
  /** Pixels of the file, whole numbers. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pixels per inch, which the file states. */
  readonly dpi: number;
  /** Pixels per unit of text: a title has 16 units, a label 12. Text is smaller if it would leave no room. */
  readonly scale: number;
}

/**
 * A requested size; what is missing suits the panels. Width and height are those of the file: numbers of pixels, or
 * lengths on paper, e.g. '12 cm' (also mm and in).
 */
export interface SizeRequest {
  readonly width?: number | string;
  readonly height?: number | string;
  /** Pixels per inch: 300 if a side is a length, else 96 · scale. */
  readonly dpi?: number;
  /** Pixels per unit of text: dpi / 96, which makes labels 9 pt high; 2 if there is nothing to derive it from. */
  readonly scale?: number;
}

/** The shortest and the longest side of a file, in pixels; no browser has longer canvases. */
export const SIDE_MIN = 300;
export const SIDE_MAX = 16384;
export const DPI_MIN = 48;
export const DPI_MAX = 1536;

/** Units of text per inch: CSS pixels. */
export const UNITS_PER_INCH = 96;
const SCALE_MIN = DPI_MIN / UNITS_PER_INCH;
const SCALE_MAX = DPI_MAX / UNITS_PER_INCH;
const FIRST_SCALE = 2;
const PRINT_DPI = 300;
const PER_INCH = { in: 1, cm: 2.54, mm: 25.4 } as const;

const NUMBER = String.raw`\d+(?:\.\d*)?|\.\d+`;
const SIDE = String.raw`(${NUMBER})\s*(px|cm|mm|in)?`;
const ONE_SIDE = new RegExp(`^\\s*${SIDE}\\s*$`);
const TWO_SIDES = new RegExp(String.raw`^\s*${SIDE}\s*(?:[x×*]\s*${SIDE}\s*)?$`);
/** How a person writes a size. */
const SIZE_EXAMPLES = 'e.g. 1600x1200 (pixels), 12cm or 12x9cm';

/**
 * Reads '1600x1200', '12 cm', '12 × 9 cm' or '5in x 80mm'; a unit on one side holds for both. Without a height it suits the
 * panels.
 *
 * @throws InvalidInputError
 */
export function parseSize(text: string, path: string): Pick<SizeRequest, 'width' | 'height'> {
  const [, width, widthUnit, height, heightUnit] = TWO_SIDES.exec(text) ?? [];
  if (width === undefined) throw new InvalidInputError(path, text, `a size, ${SIZE_EXAMPLES}`);
  if (height === undefined) return { width: sideOf(width, widthUnit) };
  return {
    width: sideOf(width, widthUnit ?? heightUnit),
    height: sideOf(height, heightUnit ?? widthUnit),
  };
}

/** The same size as a text that `parseSize` reads. */
export function formatSize({ width, height }: SizeRequest): string {
  const sides = [width, height].filter((side) => side !== undefined);
  const isOnPaper = sides.some((side) => typeof side === 'string');
  return sides
    .map((side) => (isOnPaper && typeof side === 'number' ? `${side} px` : side))
    .join(' × ');
}

function sideOf(value: string, unit = 'px'): number | string {
  return unit === 'px' ? Number(value) : `${Number(value)} ${unit}`;
}

/**
 * The size of the file.
 *
 * @param natural the size in units of text that gives the panels enough room, whose proportions and size are used where
 * nothing is requested
 * @throws InvalidInputError for a side that is no number or length, or for anything out of bounds
 */
export function resolveSize(
  request: SizeRequest,
  natural: { readonly width: number; readonly height: number },
): PictureSize {
  const { dpi, scale } = resolutionOf(request);
  const [width, height] = sidesOf(request, dpi);
  const perUnit =
    width !== null ? width / natural.width : height !== null ? height / natural.height : scale;
  const widthPx = Math.round(width ?? natural.width * perUnit);
  const heightPx = Math.round(height ?? natural.height * perUnit);
  assertSide(widthPx, 'width');
  assertSide(heightPx, 'height');
  return { widthPx, heightPx, dpi, scale };
}

/** Checks what can be checked before it is known what is drawn. @throws InvalidInputError */
export function assertRequest(request: SizeRequest): void {
  sidesOf(request, resolutionOf(request).dpi);
}

function resolutionOf(request: SizeRequest): { readonly dpi: number; readonly scale: number } {
  const { width, height } = request;
  const isOnPaper = typeof width === 'string' || typeof height === 'string';
  const { scale = null, dpi = isOnPaper ? PRINT_DPI : UNITS_PER_INCH * (scale ?? FIRST_SCALE) } =
    request;
  // The default of dpi follows from the scale, which is therefore checked first.
  if (scale !== null) assertBetween(scale, SCALE_MIN, SCALE_MAX, 'scale');
  assertBetween(dpi, DPI_MIN, DPI_MAX, 'dpi');
  return { dpi, scale: scale ?? dpi / UNITS_PER_INCH };
}

function sidesOf({ width, height }: SizeRequest, dpi: number) {
  return [pixelsOf(width, dpi, 'width'), pixelsOf(height, dpi, 'height')] as const;
}

/** The pixels of a side; null if it is missing. @throws InvalidInputError */
function pixelsOf(side: number | string | undefined, dpi: number, path: string): number | null {
  if (side === undefined) return null;
  const pixels = typeof side === 'string' ? inchesOf(side, path) * dpi : side;
  if (typeof side === 'string') assertSide(Math.round(pixels), path);
  else assertSide(side, path);
  return pixels;
}

function inchesOf(text: string, path: string): number {
  const [, value, unit] = ONE_SIDE.exec(text) ?? [];
  if (value === undefined || unit === undefined || unit === 'px') {
    const expected = "a number of pixels, or a text with a unit, e.g. '12 cm', '80 mm' or '5 in'";
    throw new InvalidInputError(path, text, expected);
  }
  return Number(value) / PER_INCH[unit as keyof typeof PER_INCH];
}

function assertSide(pixels: number, path: string): void {
  if (!(Number.isInteger(pixels) && pixels >= SIDE_MIN && pixels <= SIDE_MAX)) {
    throw new InvalidInputError(path, pixels, `${SIDE_MIN} to ${SIDE_MAX} pixels`);
  }
}

function assertBetween(value: number, least: number, most: number, path: string): void {
  if (!(typeof value === 'number' && value >= least && value <= most)) {
    throw new InvalidInputError(path, value, `a number from ${least} to ${most}`);
  }
}

/** '1417 × 1063 px, 12 × 9 cm'. */
export function describeSize({ widthPx, heightPx, dpi }: PictureSize): string {
  const [width, height] = [widthPx, heightPx].map((px) => Number(((2.54 * px) / dpi).toFixed(1)));
  return `${widthPx} × ${heightPx} px, ${width} × ${height} cm`;
}

import { deflateSync } from 'fflate';
import { fromBase64url, toBase64url } from '../formats/base64url.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import type { Model } from '../model/models.ts';
import { inflateWithin } from './inflate.ts';
import { ModelFileError } from './modelFile.ts';
import { packModel, unpackModel } from './packModel.ts';

/**
 * How links spell models: ID~BYTES with a small network in it, its packed form deflated and in base64url; ID~~NAME for a large
 * one, of whose file the page asks; and ID alone if it stands elsewhere in the link.
 */

/** Deflated bytes that a link holds: 8,000 characters. */
const LINKED_BYTES_MAX = 6000;
/** Packed bytes that are deflated and inflated. */
const PACKED_BYTES_MAX = 2 ** 17;
const SEPARATOR = '~';
const ID = /^[0-9a-f]{32}$/;

const texts = new WeakMap<Model, string>();

/** @returns text that needs no escapes in a fragment */
export function writeLinkedModel(model: Model): string {
  const known = texts.get(model);
  if (known !== undefined) return known;
  const bytes = deflatedIfSmall(model);
  const text = bytes
    ? [model.id, toBase64url(bytes)].join(SEPARATOR)
    : [model.id, '', encodeURIComponent(model.facts.name)].join(SEPARATOR);
  texts.set(model, text);
  return text;
}

function deflatedIfSmall(model: Model): Uint8Array | null {
  const numbers = model.network.layers.reduce((sum, { weight }) => sum + weight.length, 0);
  if (numbers > PACKED_BYTES_MAX) return null;
  const packed = packModel(model);
  if (packed.length > PACKED_BYTES_MAX) return null;
  const bytes = deflateSync(packed, { level: 9 });
  return bytes.length <= LINKED_BYTES_MAX ? bytes : null;
}

/**
 * Reads what `writeLinkedModel` wrote, with its percent-escapes undone.
 * @returns the id, and the model if the link holds it
 * @throws InvalidInputError
 */
export function readLinkedModel(text: string, path: string): { id: string; model: Model | null } {
  const { id, bytes } = splitLinkedModel(text);
  if (!ID.test(id)) throw new InvalidInputError(path, id, '32 hexadecimal digits');
  return { id, model: bytes === '' ? null : unpack(bytes, id, path) };
}

/** The parts of such a text, unchecked. */
export function splitLinkedModel(text: string) {
  const [id = '', bytes = '', ...rest] = text.split(SEPARATOR);
  return { id, bytes, name: rest.length > 0 ? rest.join(SEPARATOR) : null };
}

function unpack(text: string, id: string, path: string): Model {
  const deflated = fromBase64url(text);
  if (deflated === null) throw new InvalidInputError(path, text, 'base64url');
  if (deflated.length > LINKED_BYTES_MAX) {
    const expected = `at most ${LINKED_BYTES_MAX} bytes`;
    throw new InvalidInputError(path, `${deflated.length} bytes`, expected);
  }
  const model = unpackModel(inflate(deflated, path), path);
  if (model.id !== id) throw new InvalidInputError(path, `a network with the id ${model.id}`, id);
  return model;
}

function inflate(deflated: Uint8Array, path: string): Uint8Array {
  try {
    return inflateWithin(deflated, PACKED_BYTES_MAX, 'the network');
  } catch (error) {
    if (!(error instanceof ModelFileError)) throw error;
    throw new InvalidInputError(path, error.message, 'a network');
  }
}

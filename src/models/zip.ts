import { strFromU8 } from 'fflate';
import { bytesToText } from '../formats/ascii.ts';
import { crc32 } from '../formats/crc32.ts';
import { inflateWithin } from './inflate.ts';
import type { Memory } from './memory.ts';
import { ModelFileError } from './modelFile.ts';
import { printName } from './tensors.ts';

const LOCAL_SIGNATURE = 0x04034b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_SIGNATURE = 0x06054b50;
const LOCAL_BYTES = 30;
const ENTRY_BYTES = 46;
const END_BYTES = 22;
/** A comment may follow the end record. */
const COMMENT_BYTES_MAX = 0xffff;
/** A size or offset of which only an extension by 64-bit numbers knows the value. */
const IN_EXTENSION = 0xffffffff;
/** Flags of a member. */
const [ENCRYPTED, UTF8_NAME] = [1, 0x800];
const STORED = 0;
const DEFLATED = 8;
/** Deflate makes at most 1,032 bytes of one. */
const INFLATION_MAX = 1032;

/** A file within a zip, as its directory describes it. */
export interface ZipMember {
  readonly name: string;
  /** When inflated. */
  readonly size: number;
  readonly packedSize: number;
  readonly isDeflated: boolean;
  readonly checksum: number;
  /** Where its local header begins. */
  readonly offset: number;
}

export function isZip(bytes: Uint8Array): boolean {
  return bytes.length >= END_BYTES && bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2]! < 8;
}

/**
 * The members that a zip's directory lists, in its order; none is inflated.
 *
 * Source: PKWARE, APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16.
 * @throws ModelFileError
 */
export function readZipDirectory(bytes: Uint8Array): ZipMember[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  let at = view.getUint32(end + 16, true);
  if (at + size > end || count * ENTRY_BYTES > size) {
    throw new ModelFileError('the directory of the zip does not fit into the file');
  }
  const members: ZipMember[] = [];
  for (let i = 0; i < count; i += 1) {
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== ENTRY_SIGNATURE) {
      throw new ModelFileError(`entry ${i} of the zip's directory is damaged`);
    }
    const variableBytes = [28, 30, 32].reduce(
      (sum, part) => sum + view.getUint16(at + part, true),
      0,
    );
    const next = at + ENTRY_BYTES + variableBytes;
    if (next > end) throw new ModelFileError(`entry ${i} of the zip's directory is damaged`);
    members.push(readEntry(view, at));
    at = next;
  }
  if (new Set(members.map(({ name }) => name)).size < members.length) {
    throw new ModelFileError('two members of the zip have the same name');
  }
  return members;
}

function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_BYTES - COMMENT_BYTES_MAX);
  for (let at = view.byteLength - END_BYTES; at >= first; at -= 1) {
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  }
  throw new ModelFileError('the zip has no end: the file is not complete');
}

function readEntry(view: DataView, at: number): ZipMember {
  const nameBytes = new Uint8Array(
    view.buffer,
    view.byteOffset + at + ENTRY_BYTES,
    view.getUint16(at + 28, true),
  );
  const flags = view.getUint16(at + 8, true);
  const name = flags & UTF8_NAME ? strFromU8(nameBytes) : bytesToText(nameBytes);
  const method = view.getUint16(at + 10, true);
  const [packedSize, size, offset] = [20, 24, 42].map((part) => view.getUint32(at + part, true));
  const refuse = (reason: string) => new ModelFileError(`${printName(name)} in the zip ${reason}`);
  if (flags & ENCRYPTED) throw refuse('is encrypted');
  if (method !== STORED && method !== DEFLATED) {
    throw refuse(`is compressed by method ${method}; it must be stored or deflated`);
  }
  if ([packedSize, size, offset].includes(IN_EXTENSION)) throw refuse('is larger than 4 GB');
  const isDeflated = method === DEFLATED;
  if (size! > packedSize! * (isDeflated ? INFLATION_MAX : 1)) {
    throw refuse(`cannot have ${size} bytes: only ${packedSize} are stored`);
  }
  const checksum = view.getUint32(at + 16, true);
  return { name, size: size!, packedSize: packedSize!, isDeflated, checksum, offset: offset! };
}

/**
 * The bytes of a member; those of a stored one are a part of the file's.
 * @throws ModelFileError unless they have the size and the checksum of the directory.
 */
export function readZipMember(bytes: Uint8Array, member: ZipMember, memory: Memory): Uint8Array {
  const name = printName(member.name);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { offset, packedSize, size } = member;
  if (offset + LOCAL_BYTES > bytes.length || view.getUint32(offset, true) !== LOCAL_SIGNATURE) {
    throw new ModelFileError(`${name} is not where the zip's directory says`);
  }
  const variableBytes = view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const begin = offset + LOCAL_BYTES + variableBytes;
  const packed = bytes.subarray(begin, begin + packedSize);
  if (packed.length !== packedSize) throw new ModelFileError(`${name} ends beyond the file`);
  if (member.isDeflated) memory.take(size, name);
  const content = member.isDeflated ? inflateWithin(packed, size, name) : packed;
  if (content.length !== size || crc32(content) !== member.checksum) {
    throw new ModelFileError(`${name} is damaged: its checksum is wrong`);
  }
  return content;
}

import { bytesToText } from '../formats/ascii.ts';
import { ModelFileError } from './modelFile.ts';
import { isSafetensors } from './safetensors.ts';
import { isZip, readZipDirectory } from './zip.ts';

/** A format that is known but not read, and how its files become ones that are. */
interface UnreadableFormat {
  /** What such a file is, and why it is not read. */
  readonly reason: string;
  /** @param members names of the file's members if it is a zip, else empty. */
  recognises(start: string, members: readonly string[]): boolean;
  /** Three lines of Python. @param name of the file, as Python spells it. @param stem for the new one. */
  program(name: string, stem: string): readonly [string, string, string];
}

/** Enough for every signature below. */
const START_BYTES = 64;
/** A pickle of protocol 2 with the number by which PyTorch began its files before version 1.6. */
const OLD_TORCH = '\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19';
/** The first operations of a pickle in protocol 0 or 1. */
const TEXT_PICKLE = /^(\((dp|lp|i)\d*\n|c[a-z_][\w.]*\n\w+\n|[\]}]q)/;
const PROTOCOL = '\x80';
const PROTOCOLS = '\x02\x03\x04\x05';
const HDF5 = '\x89HDF\r\n\x1a\n';

const UNREADABLE_FORMATS: readonly UnreadableFormat[] = [
  {
    reason: 'a file of PyTorch is a pickle, which can run code',
    recognises: (start, members) =>
      start.startsWith(OLD_TORCH) || members.some((name) => /(^|\/)data\.pkl$/.test(name)),
    program: (name, stem) => [
      'import torch, safetensors.torch',
      `state = torch.load(${name}, map_location='cpu', weights_only=True)`,
      `safetensors.torch.save_file(state, ${quote(`${stem}.safetensors`)})`,
    ],
  },
  {
    reason: 'a program that torch.export saved is not read',
    recognises: (_, members) => members.some((name) => /(^|\/)archive_format$/.test(name)),
    program: (name, stem) => [
      'import torch, safetensors.torch',
      `state = torch.export.load(${name}).state_dict  # only if you trust it`,
      `safetensors.torch.save_file(state, ${quote(`${stem}.safetensors`)})`,
    ],
  },
  {
    reason: 'a pickle can run code',
    recognises: (start) =>
      (start[0] === PROTOCOL && PROTOCOLS.includes(start[1] ?? '?')) || TEXT_PICKLE.test(start),
    program: (name, stem) => [
      'import pickle, numpy as np',
      `m = pickle.load(open(${name}, 'rb'))  # only if you trust it; m: an MLP of scikit-learn`,
      `np.savez(${quote(`${stem}.npz`)}, **{f'coefs_{i}': w for i, w in enumerate(m.coefs_)}, **{f'intercepts_{i}': b for i, b in enumerate(m.intercepts_)})`,
    ],
  },
  {
    reason: 'a model of Keras or another HDF5 file is not read',
    recognises: (start, members) =>
      start.startsWith(HDF5) || members.some((name) => /\.h5$|^config\.json$/.test(name)),
    program: kerasProgram,
  },
];

/**
 * Passes files in formats that this project might read.
 * @throws ModelFileError for a pickle or HDF5, with the lines of Python that save what can be read.
 */
export function refuseUnreadable(bytes: Uint8Array, name: string): void {
  const format = unreadableFormat(bytes);
  if (format === undefined) return;
  const stem = name.replace(/\.[^.]*$/, '') || 'model';
  const lines = format.program(quote(name), stem);
  throw new ModelFileError(
    `${format.reason}; in Python, save what can be read:\n${lines.join('\n')}`,
  );
}

/** Whether a file is in one of these formats. */
export function isUnreadable({ bytes }: { readonly bytes: Uint8Array }): boolean {
  return unreadableFormat(bytes) !== undefined;
}

function unreadableFormat(bytes: Uint8Array): UnreadableFormat | undefined {
  // The length of its header may begin as a pickle does.
  if (isSafetensors(bytes)) return undefined;
  const start = bytesToText(bytes.subarray(0, START_BYTES));
  const members = isZip(bytes) ? readZipDirectory(bytes).map((member) => member.name) : [];
  return UNREADABLE_FORMATS.find((candidate) => candidate.recognises(start, members));
}

/** Weights of Keras's layers are [inputs, outputs], as the name kernel says. */
export function kerasProgram(name: string, stem: string): readonly [string, string, string] {
  return [
    'import keras, numpy as np',
    `weights = keras.models.load_model(${name}).get_weights()`,
    `np.savez(${quote(`${stem}.npz`)}, **{f'{["kernel", "bias"][i % 2]}_{i // 2}': w for i, w in enumerate(weights)})`,
  ];
}

/** A literal of Python. JSON's escapes are among its own. */
function quote(text: string): string {
  return JSON.stringify(text);
}

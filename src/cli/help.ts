import type { CommandName } from './options.ts';

const GENERAL = `Usage: reluscope COMMAND

  render STATE -o out.png     draws a picture with axes, colour bar and title
  render FILE -o out.png      likewise of the network in a file; sample, too
  render --figure all -o dir  draws every figure
  sample STATE -o grid.npy    evaluates a grid, for numpy.load
  regions WIDTHS --seeds 0:100  counts regions exactly, a line of JSON each network; FILE, too
  train RECIPE -o net.onnx    trains a network, number for number as PyTorch in float64
  inspect FILE                describes the network in a file, and counts its regions
  figures                     lists the figures by name

  reluscope COMMAND --help    lists the options of a command
  reluscope --version

Reluscope runs in a headless Chrome or Chromium: the one that RELUSCOPE_BROWSER names, an installed
one, or Playwright's own.
Exit status: 0 success, 1 failure, 2 a mistake in the command line or in a file that it names.
`;

const STATE = `STATE is one of
  a file      JSON (a part of a state), or a PNG that Reluscope exported
  JSON        '{"field": {"kind": "lse", "lambda": 10}}', or panels: '{"panels": [{}, {}]}'
  a link      'http://localhost:5173/#v=1&field=lse', or its fragment from the '#' on
`;

const MODEL = `FILE holds a network of dense layers: ONNX, safetensors, .npz or .npy arrays, .nnet or JSON. DATA
are files in which an ONNX file keeps its numbers, or further .npy arrays. Nothing in them is run.
`;

const SLICE = `  --slice SLICE      the plane of FILE's inputs: two that vary, by their names in the file or their
                     numbers from 1, then values of others in the file's units, e.g.
                     '1,2;3=0.5;5=-1' or 'rho,theta;psi=1.57'; or JSON {"origin": [...], "axis1":
                     [...], "axis2": [...]}, itself or in a file (default: the two most telling
                     inputs, the others in the middle of their ranges)
`;

const READOUT = `  --readout READOUT  what is shown of FILE's outputs: output, max, lse, gap, softmax, argmax, class,
                     margin, sigmoid or tanh, with an output by its name or its number from 1, e.g.
                     softmax:2; or JSON as in a state (default: class where the file names its
                     outputs, else the first output, or its softmax if the file ends in one)
`;

const PATCH = `  --state JSON       a part of a state in which FILE's network is shown, itself or in a file, e.g.
                     '{"quantity": "gradientNorm"}'
`;

const COMMON = `  --gpu              use the machine's graphics adapter instead of the software adapter, whose
                     pictures are the same on every machine
  --site DIR         the built site to use (default: the package's own)
  -q, --quiet        print errors only
  -h, --help
`;

const TEXTS: Readonly<Record<CommandName, string>> = {
  render: `Usage: reluscope render STATE [-o out.png]
       reluscope render FILE [DATA…] [--slice SLICE] [--readout READOUT] [-o out.png]
       reluscope render FIGURE [-o out.png]
       reluscope render --figure FIGURE [-o out.png]
       reluscope render --figure all [-o DIRECTORY]

${STATE}
${MODEL}
FIGURE is a name that 'reluscope figures' lists. The PNG contains its state:
drop it on the page to restore what it shows.

  -o, --output FILE  the picture's file (default: reluscope.png, or the figure's name); for all
                     figures a directory (default: figures), created if it does not exist
  --size SIZE        size of the file: 1600x1200 in pixels, or on paper, e.g. 12cm, 12x9cm or
                     5x4in; without a height it suits the panels. Each side has 300 to 16384 pixels
  --dpi N            pixels per inch, 48 to 1536, stored in the file
                     (default: 192; for a size on paper 300)
  --scale N          pixels per unit of text, 0.5 to 16
                     (default: dpi / 96, which makes labels 9 pt high)
${SLICE}${READOUT}${PATCH}${COMMON}`,
  inspect: `Usage: reluscope inspect FILE [DATA…] [--slice SLICE]

${MODEL}
Describes the network, and counts the regions of a plane of its inputs exactly, without a browser.

${SLICE}  -h, --help
`,
  sample: `Usage: reluscope sample STATE [-o grid.npy]
       reluscope sample FILE [DATA…] [--slice SLICE] [--readout READOUT] [-o grid.npy]

${STATE}
${MODEL}
Writes float64 values [height, width]; row r lies at np.linspace(y0, y1, height)[r], column c at
np.linspace(x0, x1, width)[c].

  -o, --output FILE  the grid's file (default: reluscope.npy)
  --x -3,3           first and last column (default: the view's centre ± half-width)
  --y -3,3           first and last row (default: likewise)
  --size 500x500     columns and rows, 1 to 8192 (default: the state's samples per side)
  --quantity NAME    value, partial1, partial2, gradientNorm, gradientDirection, npGradientRows,
                     npGradientColumns or region (default: the state's)
${SLICE}${READOUT}${PATCH}${COMMON}`,
  regions: `Usage: reluscope regions WIDTHS [--seeds 0:100000] [-o counts.jsonl]
       reluscope regions STATE [--seeds 0:100000] [-o counts.jsonl]
       reluscope regions FILE [DATA…] [--slice SLICE] [-o counts.jsonl]

WIDTHS are all layers of a network that is drawn as PyTorch draws it, e.g. 2-5-5-5-5-1.
${STATE}
${MODEL}
Counts linear regions exactly, in the whole plane or in a window, and writes one record of JSON a network and line,
in the order of the seeds. All cores work. No browser is needed.

  --seeds 0:100000   the seeds, the last one left out, or a single one; −2⁶³ to 2⁶⁴ − 1 as torch.manual_seed takes
                     them (default: the network's own)
  --activation NAME  of the hidden layers, with WIDTHS: relu, abs, relu6, identity (default: relu)
${SLICE}  --window -3,3      counts inside x0,x1 or x0,x1,y0,y1, in the plane's coordinates (default: the whole plane)
  --decision         also the regions where each output wins, for networks with several outputs
  --wins NAME        which output wins: greatest or least (default: greatest)
  --shard 3/16       the third of 16 equal parts of the seeds; the parts' files, joined in order, are the whole's file
  -o, --output FILE  (default: the standard output)
  --resume           continues FILE: networks that it already holds are left out
  --threads N        (default: one for each core)
  --max-regions N    a network with more is recorded with an error, and not counted (default: 200000)
  -q, --quiet        print errors only
  -h, --help
`,
  train: `Usage: reluscope train RECIPE [-o net.safetensors] [--losses losses.csv [--regions]] [--frames DIRECTORY]

RECIPE is JSON, a file with it, or a state or link with a run, e.g. '{"data": {"kind": "moons"},
"network": {"kind": "drawn", "widths": [2, 8, 8, 2]}, "steps": 300}'. docs/api.md lists its members.
Only pictures need a browser.

  -o, --output FILE  the trained network: .safetensors, .json or .onnx
  --losses FILE      a table of the loss before each step
  --regions          with --losses: and of the linear regions around the points, counted exactly
  --frames DIR       numbered PNGs of the steps, for a film
  --every N          steps from picture to picture, and from count to count (default: a hundredth of all)
  --size, --dpi, --scale  of the pictures, as for render
${COMMON}`,
  figures: `Usage: reluscope figures

Lists the names and titles of the figures that 'reluscope render' can draw.

  -q, --quiet        print errors only; accepted for consistency
  -h, --help
`,
};

/** What `--help` prints, about one command or all. */
export function helpText(about: CommandName | null): string {
  return about === null ? GENERAL : TEXTS[about];
}

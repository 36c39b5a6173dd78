"""A database as each released program left it, on either engine.

Each was made with the program of its schema: three years of example data, a piece scrapped after
work, a return undone and made again, and two recorded reports.
"""

import datetime as dt
import gzip
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from sqlalchemy import JSON, MetaData, Table, create_engine, insert, inspect, select, text

from moebelcirkel.services.context import Actor, Context
from moebelcirkel.storage import migrate as migration
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.tables.users import User
from moebelcirkel.storage.work import load_grants
from tests.clock import Clock

_FOLDER = Path(__file__).parent / "data"
#: Some days after the last change in them.
NOW = dt.datetime(2026, 12, 2, 9, 0, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Release:
    """Its schema, how many pieces and figure lines there are, and what its reports printed.

    ``reports`` has by number the SHA-256 of each document.
    """

    schema: str
    units: int
    figure_lines: int
    reports: dict[str, str]


_ALL = (
    Release(
        "0005",
        150,
        162,
        {
            "2026-001": "91b06f2689f87958c74b798e4a6f1991ca5d7f256614da29bb2b40e9a7060404",
            "2026-002": "e963949a9fd1ff3a59b0e1c4ac9c5d2d163e537316190787dc46d176c1f0b707",
        },
    ),
    Release(
        "0006",
        150,
        127,
        {
            "2026-001": "7cfd8ea6dffad235ffbaaebdf1f3b544d43c1a915e6e15cd0fca72c24844b101",
            "2026-002": "ee68a1b311c7f91267cdde47cf4ec4bee32e06869481911d6b4e12c87ed941d1",
        },
    ),
    Release(
        "0007",
        150,
        143,
        {
            "2024-001": "d47c8bbab2fe6377659172ecff2190875bb2c198529637279c354efb462dc172",
            "2024-002": "2bd1568253dbc4e2c92d089f53f1f875679521e283469dd742b4a6f4dc688a7d",
            "2025-001": "8ab28951e4749f9691a797eba353a50fae005ca8acb75ba05f88ed653b37a5ca",
            "2025-002": "e5366a5da8442d50d7d3024eec202d98e12a67d66028e9d5ae29c74e71ea4d67",
            "2026-001": "935cec30829a775bd65a6790d57622327e3685d4df63f64cefc558295bfa287b",
            "2026-002": "fc90f5e0eeca1dd386623356fbc0b57bd0cb96d3da1bcda382fb681b08ef6491",
            "2026-003": "b7a92f265d3e636e7ba7b9fb7b3605a121c3d763d9a65bab7d944094ae6766d5",
        },
    ),
    Release(
        "0008",
        150,
        157,
        {
            "2024-001": "c63a0901caee0ea59cf28e0c64d43cce9b664167341cd9257444c904bbb24f20",
            "2024-002": "a6a8eb4e8719e0459b1a7a583caf292c2494e851fb0a92abe3bdad535ab5542e",
            "2025-001": "a9019bdae0b01fdccd3e8a8c9cef1a32693bbdbd508eab03856d917ea2053311",
            "2025-002": "4982fc713eb0477669c8ea97cd18beb56e2478ca25eefabf89fec0974d82c766",
            "2026-001": "b4f7ce18539cc234ace896b8bf88c6034c71996e9aeeca07b2bc71271e5713a5",
            "2026-002": "4d527c10c465b7019b74fe91ac5081d47739a43b4cee9904e6964be1e5ad360b",
            "2026-003": "fc3ec2e70494c680e69308177962719a243d324175bca1c09237da630abeefe1",
        },
    ),
    Release(
        "0013",
        150,
        136,
        {
            "2024-001": "d67ecea415ef648c018d511617aa9a8b8092baa430f88df45039085b60393693",
            "2024-002": "dfa8f6031421782e1daf56fa958b6524691421f3de9be6b1619d0decb49c0794",
            "2025-001": "a11d4f2da2319d5cdd044fe5ca2337eb1a55f38185e7119f0740ca5df7daf07e",
            "2025-002": "541822521239489d92c8fe1ed30b6e1d79452f81d7957e39c95c4e2ad3eaa4bc",
            "2026-001": "51a77497f170145a909c563ca648710c0c106a985135e2803edec18e9cb523e1",
            "2026-002": "246937ee615b502c9b80234712dc54ba0b7ded07cb7385bd54ad0124661db3fd",
        },
    ),
    Release(
        "0016",
        150,
        136,
        {
            "2026-002": "78e1bc137864a67010574f4a0f87531855aebae2f00391b684847680eb3ed78a",
            "2026-001": "d178d9d2db9a510a7d9e96ef65442440d17ddf376973144670ff2ead51cdb874",
            "2025-002": "55935b8b0706944dbdb111b362a19b92d8958bb0825574ca3da79cf65afee785",
            "2025-001": "a4a5070b0366ede5b2aeaa5b86b87b18b1297f5e8d01b0f28b6c8ec7d52da517",
            "2024-002": "77e49cb6424f6201891498b156c1b19e53bf60a04d414c9915fed7069cf5bb76",
            "2024-001": "67e6ea7a59632ae5c40695733c36a07293162ae83399c28a2263db9b9e05e1c8",
        },
    ),
    Release(
        "0023",
        150,
        136,
        {
            "2026-002": "ab44d24e1bbd85cd7aa3ec59c9a0682fbc9b34d263a4a7388980f7f4328607c5",
            "2026-001": "6a30da6b5de2fadc29e2c39438bdd43b38a6a9f4cb91eb922588531b5d4cdbef",
            "2025-002": "a90cac6351df6c7a46ae1dd8701e613010906a9a6bb92a751667ac22d85dc2ca",
            "2025-001": "eab5223b63bd9ad8b614283aebf80feadabe0d6045c6088ef2b63fad8bc26dc7",
            "2024-002": "a18ad6be7fba9b8678af22b5a07a06621f80524b0fdab94f389926438ee6782b",
            "2024-001": "ffc9151b0e84c6b4f8f7f4b9983543577133882a0b71fe468eed90f808788180",
        },
    ),
    Release(
        "0032",
        150,
        139,
        {
            "2026-002": "f48743c9a0cd45f416ab5cbd767c040b228af0bb3e9dde48b7f9e86ab4ba3f4a",
            "2026-001": "50f5c331e0fe1b436bd9317a559e9389672efc9080e29a4d0fd42ec867ecc034",
            "2025-002": "c291e6500bdba970aa559c1f7f222517456c129ec7fc28ddf0d0cad6c37a6574",
            "2025-001": "c748d6781757b5323d7417b9c2146531b60324bacb7a43fef0c99a325fe365e6",
            "2024-002": "443f073ba2d562241bb9d2fca9dbf2a417082087ab6c5d41f5976021dffa1608",
            "2024-001": "554ffa97be1aa518961b3ddbb10045490a156b51aa52bdea6cc6d43f9ad4ed84",
        },
    ),
    Release(
        "0042",
        150,
        129,
        {
            "2026-002": "fa45b18472ca32bb07eb57e47d9edefa9a12bb0951a2bac2e010b0265b340663",
            "2026-001": "b5dda010a141233a5e833325f375bbc15bfa30eaa47b39796b07949f38016a9a",
            "2025-002": "b915e2e22222aaa5a4dcb94e75ff84b33fc26eff7cbe73f1e96e4626054a2af3",
            "2025-001": "aa9d28f4ac4db135b60ff10827548db89700401283279b579310851d99e14690",
            "2024-002": "8e4f9301071c819ac7282a4f1060af24227e7eed62f6653b9e87bcf4a5d4f46f",
            "2024-001": "cbc699015525af32a3e6b572ba596e0e7bba86a10ec56fcccb2c7ee95be91afd",
        },
    ),
    Release(
        "0046",
        150,
        129,
        {
            "2026-002": "9c81a8670a3fdb5cb7efcf07758b1419285130d16180b1584479a5e180b260a4",
            "2026-001": "ecf85c62b6db7dc10b3b68fe9f90da9a1ae817715d85f7fc122f528a7ecd4819",
            "2025-002": "a8410c55645de31c97dde5273ceb30e6ae20ba2092cfbafd874ab2086e1a2063",
            "2025-001": "18d5ff6b1a01d18dce282f99c24ce93bf36c831678323cc27ff0848ea6afbbd7",
            "2024-002": "dc5f1f09585ae342063ccbe32ef9a1ae12ea96f879306e8cb70ea533ae5bd46d",
            "2024-001": "667adb58a3b09c653653184981468ac54caf4b253c1bd6f24e6daa8d740f7241",
        },
    ),
    Release(
        "0050",
        150,
        218,
        {
            "2026-002": "4e3701dbd923f16e3ce74ee7a21b52c80a2677f7bd38df296e14ee4640e1d36e",
            "2026-001": "c3c80573b93ada869edd0a0347248056521a52946beab388b8be1f5013729bbb",
            "2025-002": "527cc747b570a782fecb583ad609cf916ba21feea37a4efb40c32218a3378f7e",
            "2025-001": "e352ad68f263ae69a121b23e138e7bd2df4d9450ad09e91e1f46a61872d8c769",
            "2024-002": "417727d3b702990795b8eb46357c33ec80c8a629f047cd2787481b418d3305b3",
            "2024-001": "a339cbebfb5b96cd3c88dcb073bdf8287c7f692dc4998c998af8faf073625984",
        },
    ),
    Release(
        "0054",
        150,
        218,
        {
            "2026-002": "b167042a09247f8e991613d486f3646899ea34682c13f4122e4c171dcc1e05e9",
            "2026-001": "602a8f2b20570fbbe919a1068e7b7a7f14047569dfb693d4d64604f0e6edf94e",
            "2025-002": "5823697394c3de9bf715c66ddfe354d4a533e599b463fa18bf30514db21b6e78",
            "2025-001": "e38654f65597a127d08864bb7f5072cd850ef10f09c846aadb1d4c391d341639",
            "2024-002": "e214f67237755ae1442e3546a17871448aee17a1f5050a996dcba707b97febde",
            "2024-001": "66e50d089f72968ab967b09d5bcce65e8cf3967fd740e82b0881ad77c9665def",
        },
    ),
    Release(
        "0057",
        150,
        198,
        {
            "2026-002": "843d734f436aa01f2a10d4734c59f60758fd0b3cab10318507b6387154409d00",
            "2026-001": "36bc6ef853bac0e59e654c6dc77a29bda9e1e7ffb538de9e9e429e1b73eec72f",
            "2025-002": "ca6d8d67761bbefba7337b8d1d94119dddddaa00f842137e68d2608efadf603b",
            "2025-001": "9f020336699c7c8304ab71f2b8b9989ab64f0e06d6fd565226b473f623766ca3",
            "2024-002": "94d5eecb977f4a2b27097a4faa89cd615789db19dd495032a601807ecebe7245",
            "2024-001": "c7341c21905e964f68e4583f06a09fc323f530424ce30633cf81fce4b5d901aa",
        },
    ),
    Release(
        "0060",
        150,
        198,
        {
            "2026-002": "d0f5dc3cc0c6750cbedc47334ea2805308bebbf4960e8b4ec49b2193d4bcd1a7",
            "2026-001": "c8674b498847d8e52f0181a63b5be2bb09fada301b73a5e7e5bba1825b66c912",
            "2025-002": "97556b39e3f712e4413486ce801ea0f0baf8a086f0e3e5c8af77b06a1f6fa043",
            "2025-001": "678d610f5f3b61a3d997ade6343198b89d6ec1965276e4d44f91df84357008d5",
            "2024-002": "446235983a19bfed7d182ba1c73154b11a7bd3457fcbe6a44cdddca90a7ac68b",
            "2024-001": "e98ab14330e1aeacc5be1b0a3cacf0b50d3fc0af27c8bcbfd971101106744511",
        },
    ),
)
#: Those that this program migrates; the newest of them may have its own schema.
RELEASES = [release for release in _ALL if release.schema != migration.revisions()[-1]]


def put(release: Release, url: str, folder: Path) -> Database:
    """Lay it at the address, which must be empty; it has not been migrated yet."""
    kept = folder / "released.sqlite"
    packed = _FOLDER / f"released-{release.schema}.sqlite.gz"
    kept.write_bytes(gzip.decompress(packed.read_bytes()))
    database = Database(url)
    if database.is_sqlite:
        kept.rename(str(database.url.database))
    else:
        _copy(kept, release.schema, database)
    return database


def person(database: Database, login: str) -> Context:
    """One of its people, at work."""
    with database.read() as session:
        user = session.scalars(select(User).where(User.login == login)).one()
        actor = Actor(user.id, user.name, load_grants(session, user.id), login)
    return Context(database, actor, clock=Clock(NOW))


def _copy(source: Path, schema: str, database: Database) -> None:
    """Every row, by plain statements into tables of the same schema."""
    old = create_engine(f"sqlite:///{source}")
    tables = MetaData()
    with old.connect() as reading, database.engine.begin() as writing:
        config = migration._config()
        config.attributes["connection"] = writing
        command.upgrade(config, schema)
        # What searches words is kept by each engine in its own way, and made again.
        shared = set(inspect(writing).get_table_names())
        tables.reflect(reading, only=lambda name, _tables: name in shared)
        for table in tables.sorted_tables:
            _keep_nulls(table)
            by_key = select(table).order_by(*table.primary_key.columns)
            rows = [dict(row) for row in reading.execute(by_key).mappings()]
            if rows and table.name != "alembic_version":
                writing.execute(insert(table), rows)
                writing.execute(text(_go_on_counting(table)))
    old.dispose()


def _keep_nulls(table: Table) -> None:
    """Nothing stays nothing, instead of becoming the JSON word for it."""
    for column in table.columns:
        if isinstance(column.type, JSON):
            column.type = JSON(none_as_null=bool(column.nullable))


def _go_on_counting(table: Table) -> str:
    if "id" not in table.c:
        return "SELECT 1"
    series = f"pg_get_serial_sequence('{table.name}', 'id')"
    return f"SELECT setval({series}, (SELECT max(id) FROM {table.name}))"

"""What a DAG file says of its order: lists by position, ids that are worked out, and what only a run knows."""

import re
import time

import pytest

from lifecycle.importing import ImportProblem
from tests.importing.reads import edges, of_text, roles

HEAD = "from airflow import DAG\n"
THREE = HEAD + "ts = [XOperator(task_id=f't{i}') for i in range(3)]\n"


@pytest.mark.parametrize(
    "body",
    [
        "for i in range(len(ts) - 1): ts[i] >> ts[i + 1]",
        "for i in range(1, len(ts)): ts[i-1] >> ts[i]",
        "for i, t in enumerate(ts):\n  if i > 0: ts[i - 1] >> t",
        "for i, t in enumerate(ts[1:], start=1): ts[i - 1] >> t",
        "for a, b in zip(ts, ts[1:]): a >> b",
        "for a, b in itertools.pairwise(ts): a >> b",
        "chain(*reversed(ts[::-1]))",
        "first, *rest = ts\nfirst >> rest[0] >> ts[-1]",
        "functools.reduce(lambda a, b: a >> b, ts)",
        "before = None\nfor t in ts:\n  if before: before >> t\n  before = t",
        "i = 0\nwhile i < 2:\n  ts[i] >> ts[i + 1]\n  i += 1",
        "def seq(*all, **more):\n  for a, b in zip(all, all[1:]): a >> b\nseq(*ts)",
        "by = {}\nby.update({'a': ts[0]})\nby.setdefault('b', ts[1])\nby['a'] >> by['b'] >> by.get('c', ts[2])",
        "[a >> b for a in ts for b in ts if ts.index(b) == ts.index(a) + 1]",
        "class Row(NamedTuple):\n  one: object\n  two: object\nfor r in (Row(ts[0], ts[1]), Row(ts[1], two=ts[2])): "
        "r.one >> r.two",
        "class Maker:\n  def __init__(self, all): self.all = all\n  def join(self): chain(*self.all)\nMaker(ts).join()",
    ],
)
def test_lists_are_followed_by_position(body):
    assert edges(of_text(THREE + body)) == {("t0", "t1"), ("t1", "t2")}


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        ("for i in range(2): X('t_%s' % i)", "t_0 t_1"),
        ("for i in range(2): X('%s-task-%d' % ('a', i + 1))", "a-task-1 a-task-2"),
        ("for i in range(2): X(f't_{i+1:02d}')", "t_01 t_02"),
        ("for n in 'ab': X('load_{name}'.format(name=n)); X('{}{}'.format(n, 1))", "load_a a1 load_b b1"),
        ("[X(f'{a}{b}') for a in 'pq' for b in (1, 2)]", "p1 p2 q1 q2"),
        ("{n: X(n) for n in 'abc' if n != 'b'}", "a c"),
        ("for n in 'abcd':\n  if n == 'b': continue\n  if n == 'd': break\n  X(n)", "a c"),
        ("def make(n, *, before='p'): return X(f'{before}_{n}')\nmake('a'); make('b', before='q')", "p_a q_b"),
        ("list(map(lambda n: X(n), ['a', 'b']))", "a b"),
        ("for a, b in itertools.product('pq', '1'): X(a + b)", "p1 q1"),
        ("for n in ['Raw.Orders']: X(n.split('.')[-1].lower()); X(n.replace('.', '_')[:5])", "orders Raw_O"),
        ("args = dict(task_id='a')\nXOperator(**args)", "a"),
        ("X(Path('sql/a.sql').stem); X(os.path.splitext(os.path.basename('sql/b.sql'))[0])", "a b"),
        ("FLAG = False\nX('a' if FLAG else 'b')\nif not FLAG and 1 < 2 <= 3: X('c')\nelse: X('d')", "b c"),
        ("for t in json.loads('{\"all\": [\"m\"]}')['all']: X(t)", "m"),
        ("XOperator(task_id=TriggerRule.ALL_SUCCESS)", "all_success"),
        ("a = X('a')\nX(f'after_{a.task_id}')", "a after_a"),
        ("make = functools.partial(XOperator, retries=2)\nmake(task_id='a')", "a"),
        ("from functools import partial as p\nmake = p(X, 'a')\nmake()", "a"),
        ("class T(str, Enum):\n  A = 'a'\n  B = 'b'\nX(T.B)\nfor t in T: X(t.value + '1')", "b a1 b1"),
        ("class T(enum.Enum):\n  A = 'a'\nfor t in T: X(t.value); X(t.name)\nX(T.A.value + '1')", "a A a1"),
        ("by = defaultdict(list)\nby['a'].append('b')\nfor k, all in by.items(): X(k); X(all[0])", "a b"),
        ("some = set()\nfor n in 'aba': some.add(n)\nfor n in some: X(n)", "a b"),
        ("one = BashOperator\none(task_id='a')\nfor two in (XOperator, YSensor): two('b')", "a b"),
        ("from airflow.decorators import task as t, dag as d\n@d\ndef f():\n  @t\n  def a(): ...\n  a()\nf()", "f.a"),
        ("from itertools import chain\nfor n in chain('a', ['b']): X(n)", "a b"),
        ("f = task(lambda x: x)\ndef g(): ...\ntask(g)(1); task(task_id='u')(g)()", "g u"),
        ("with TaskGroup('o', prefix_group_id=False):\n  with TaskGroup('i'): X('a')", "i.a"),
        ("with TaskGroup('o'):\n  with TaskGroup('i', prefix_group_id=False): X('a')", "a"),
        ("@task_group\ndef g(): X('a')\ng(); g()", "g.a g__1.a"),
        ("for n in 'ab':\n  with TaskGroup('g', add_suffix_on_collision=True): X(n)", "g.a g__1.b"),
        ("with TaskGroup('o') as o: X('a')\nwith TaskGroup('i', parent_group=o): X('b')", "o.a o.i.b"),
        ("with MyTaskGroup(group_id='g') as g: X('a')", "g.a"),
    ],
)  # fmt: skip
def test_ids_that_the_file_gives_are_worked_out(body, ids):
    graph = of_text(HEAD + "def X(id): return XOperator(task_id=id)\n" + body)
    assert [node.id for node in graph.nodes] == ids.split()
    assert graph.notes == ()


@pytest.mark.parametrize(
    ("body", "joined", "note"),
    [
        ("a >> DbtTaskGroup(group_id='g') >> b", "ag gb", "1 node standing for tasks that only a run knows: g"),
        ("a >> make('g') >> b", "ab", "1 place in the order where only a run knows what stands; it leads past them: "
         "`make('g')`, line 4"),
        ("g = make('g')\na >> g\ng >> b", "ab", "1 place"),
        ("g = make('g')\ng >> b\na >> g", "ab", "1 place"),
        ("a >> [make('g'), make('h')] >> b", "ab", "2 places"),
        ("a >> Label('x') >> b", "ab", ""),
        ("b << Label('x') << a", "ab", ""),
        ("chain(a, Label('x'), b, [Label('y'), Label('z')], [XOperator('c'), XOperator('d')])", "ab bc bd", ""),
        ("for n in names: a >> XOperator(task_id=f'{n}') >> b", "a{n} {n}b", "in a loop over what only a run knows"),
        ("XOperator(task_id=NAME) >> a", "{NAME}a", "1 task with a name that only a run knows: {NAME}"),
        ("while more(): a >> b", "ab", "1 loop of which only a run knows how often it goes round: line 4"),
        ("while True:\n  a >> b\n  if more(): break", "ab", "1 loop of which only a run knows"),
        ("if more():\n  a >> XOperator('c')\nelse: b >> XOperator('d')", "ac bd", "at 1 condition"),
    ],
)  # fmt: skip
def test_what_only_a_run_knows_is_passed_and_told(body, joined, note):
    graph = of_text(HEAD + "a = XOperator(task_id='a')\nb = XOperator(task_id='b')\n" + body)
    pairs = [re.fullmatch(r"(\{\w+\}|\w)(\{\w+\}|\w)", pair) for pair in joined.split()]
    assert edges(graph) == {(pair[1], pair[2]) for pair in pairs if pair}
    assert (note in graph.notes[0] and len(graph.notes) == 1) if note else graph.notes == ()


@pytest.mark.parametrize(
    ("body", "joined"),
    [
        ("c.expand(x=a().zip(b()))", "ac bc"),
        ("c.expand_kwargs(a().concat(b()))", "ac bc"),
        ("c(XComArg(XOperator(task_id='d')))", "dc"),
        ("c.expand(x=a().map(lambda v: v))", "ac"),
        ("class M:\n  @staticmethod\n  @task\n  def s(x): ...\nM.s(a())", "as"),
        ("dag = DAG('')\nwith dag: a()\nb(dag.get_task('a'))", ""),
    ],
)
def test_outputs_of_tasks_are_followed(body, joined):
    tasks = "".join(f"@task\ndef {name}(x=0): ...\n" for name in "abc")
    assert edges(of_text(HEAD + tasks + body)) == {(pair[0], pair[1]) for pair in joined.split()}


def test_a_task_is_got_by_its_id_and_a_dag_called_after_its_file():
    body = "with DAG(Path(__file__).stem) as dag:\n  XOperator('a')\n  dag.get_task('a') >> XOperator('b')\n"
    assert edges(of_text(HEAD + body, "in/nightly.py")) == {("nightly.a", "nightly.b")}
    body = "with DAG(os.path.basename(__file__).replace('.py', '')): XOperator('a') >> XOperator('b')"
    assert edges(of_text(HEAD + body, "nightly.py")) == {("nightly.a", "nightly.b")}


@pytest.mark.parametrize(
    "made",
    [
        "ts = [XOperator(task_id=n) for n in names]",
        "ts = []\nfor n in names: ts.append(XOperator(task_id=n))",
    ],
)
def test_how_long_a_list_is_that_a_run_makes_only_a_run_knows(made):
    body = f"{made}\nif len(ts) > 1: ts[0] >> XOperator(task_id='many')\nts[-1] >> XOperator(task_id='end')"
    assert edges(of_text(HEAD + body)) == {("{n}", "many"), ("{n}", "end")}


def test_a_dag_of_which_nothing_is_known_is_one_node():
    graph = of_text(HEAD + "DbtDag(dag_id='shop', schedule='@daily')")
    assert [(node.id, node.name, node.schedule) for node in graph.nodes] == [("shop.shop", "shop", "@daily")]
    assert graph.notes == ("1 node standing for tasks that only a run knows: shop.shop",)


def test_setups_and_teardowns_of_a_group_are_not_its_ends():
    kinds = {"up": "setup", "work": "task", "down": "teardown", "begin": "setup", "end": "teardown"}
    made = "".join(f"@{kind}\ndef {name}(x=0): ...\n" for name, kind in kinds.items())
    body = "@task_group\ndef g():\n  u = up()\n  u >> work() >> down(u)\n"
    inside = {("g.up", "g.work"), ("g.work", "g.down"), ("g.up", "g.down")}
    graph = of_text(HEAD + made + body + "with end(begin()): g()")
    assert edges(graph) == {*inside, ("begin", "end")}
    assert edges(of_text(HEAD + made + body + "g() >> XOperator('z')")) == {*inside, ("g.work", "z")}


def test_data_has_one_node_by_its_name_and_its_uri_and_an_alias_is_data():
    body = """
with DAG("p"): XOperator(task_id="a", outlets=[Asset(name="orders", uri="s3://b/orders"), AssetAlias("some")])
with DAG("c", schedule=[Asset("orders"), AssetAlias("some")]): XOperator(task_id="b")
"""
    ids = ("dataset:s3://b/orders", "dataset:some")
    assert edges(of_text(HEAD + body)) == {*(("p.a", id) for id in ids), *((id, "c.b") for id in ids)}


def test_a_group_within_another_by_an_argument_is_a_part_of_it():
    body = "with TaskGroup('o') as o: pass\nwith TaskGroup('i', parent_group=o): XOperator('b')\n"
    assert edges(of_text(HEAD + body + "XOperator('a') >> o")) == {("a", "o.i.b")}


@pytest.mark.parametrize(
    ("operator", "role", "why", "certain"),
    [
        ("SqlToSlackWebhookOperator", "consumer", "tells people", True),
        ("SnowflakeToEmailOperator", "consumer", "tells people", True),
        ("BigQueryToBigQueryOperator", "transform", "copies within one store", True),
        ("RedshiftToS3Operator", "consumer", "exports data", False),
        ("S3ToRedshiftOperator", "ingestion", "moves data", True),
    ],
)
def test_operators_that_move_data_are_told_by_their_ends(operator, role, why, certain):
    graph = of_text(HEAD + f"{operator}(task_id='a')")
    assert roles(graph)["a"] == (role, f"operator `{operator}` {why}", certain)


@pytest.mark.parametrize(
    "body",
    [
        "l = []\nfor i in range(40): l = [l, l, l]\na >> l",
        "l = []\nl.append(l)\na >> l\nl == l; l in l; sorted(l); set(l); str(l); [l].index([l])",
        "p, q = [1], [1]\nfor i in range(60): p, q = [p, p], [q, q]\np == q; p in q; [p].index(q)",
        "x = 'a' * 2000\nfor i in range(500):\n  x = x.replace('a', x)\n  x += x\n  x = f'{x:>99999999}'",
        "'%99999999d' % 1; '{:>99999999}{0.__class__}'.format(1); 10 ** 10 ** 10; [1] * 10 ** 9; 'a' * 10 ** 9",
        "i = 0\nwhile i < 5: pass",
        "f\"{'a':d}\"; '{:d}'.format('a'); str(0x"
        + "f" * 5000
        + ")\nXOperator(task_id='b', owner=0x"
        + "f" * 5000
        + ")",
        "f = lambda x: f(x)\nf(1)\nclass A:\n  def __init__(self): self.x = A()\nA()",
        "json.loads('[' * 99999); '{'.format(1); '%(' % 1; '%d' % 'a'; 1 / 0; [1][::0]; {}[[]]; int('9' * 9999)",
        "a, *b, c = 1\nd = {}\nd[[1]] = 2\nd >>= 3\nmap(1, [2]); task(1); XComArg(); chain(1); reduce(f, [])",
    ],
)
def test_no_file_keeps_its_reader_busy(body):
    begun = time.monotonic()
    assert "a" in {node.id for node in of_text(HEAD + "a = XOperator(task_id='a')\n" + body).nodes}
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    "body",
    [
        "for i in range(2000):\n  for k in range(2000): x = [1] * 2000",
        "for i in range(2000):\n  for k in range(99): ts >> ts",
        "for i in range(2000):\n  for k in range(99): ts >> unknown[i]",
        "big = [[i, [i]] for i in range(999)]\nfor i in range(2000): XOperator(task_id='a', x={'a': big})",
        "d = {}\nfor i in range(2000):\n  for k in range(99): d[f'{i}-{k}'] = [dict(d), {**d}]",
    ],
)
def test_a_file_that_says_too_much_is_refused_at_once(body):
    begun = time.monotonic()
    with pytest.raises(ImportProblem, match="to be followed"):
        of_text(HEAD + "ts = [XOperator(task_id=f't{i}') for i in range(99)]\n" + body)
    assert time.monotonic() - begun < 20

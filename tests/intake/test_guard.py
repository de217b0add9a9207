"""Which addresses are fetched? A list of tricks against a canary that nobody may reach, and the table row by row."""

from __future__ import annotations

import ipaddress
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lab.docs_plan import HOUSE

import webserver
from promises import promise, times
from reportedly.intake.guard import ForbiddenError, checked_url, why_not
from reportedly.model.article import Refusal

ROWS = [
    row.split("\t")
    for row in (HOUSE / "intake" / "not_public.tsv").read_text("utf-8").splitlines()
    if row and not row.startswith(("#", "network\t"))
]

HOSTS = """
127.0.0.2 127.0.0.2. 127.2 127.0.2 2130706434 017700000002 0177.0.0.2 0x7f000002 0x7F.0x0.0x0.0x2 0x7f.2 127.0.0.02 127.0.0.0002
0000127.0.0.2 [::ffff:127.0.0.2] [::ffff:7f00:2] [0:0:0:0:0:ffff:127.0.0.2] [::127.0.0.2] [::7f00:2] [64:ff9b::127.0.0.2]
[64:ff9b::7f00:2] [64:ff9b:1::7f00:2] [2002:7f00:2::] [2002:7f00:2::1] [2001:0:7f00:2::1] [::1] [::] [0:0:0:0:0:0:0:1] [fe80::1]
[2002:7f00:0002::7f00:2] [2002:c0a8:101::] [2001:0:c0a8:101::] [2001::7f00:2] [64:ff9b:1:ffff::127.0.0.2] [::ffff:0:127.0.0.2] [::ffff:0:7f00:2]
[0000:0000:0000:0000:0000:ffff:7f00:0002] [::FFFF:127.0.0.2] [::ffff:10.0.0.1] [fe80::a9fe:a9fe] [fd12:3456::1] [ff05::2] 127.0.0.2.. 127.1.2 0x7f000002. 017700000002.
00000177.0.0.2 127.0.0.0x2 0x7f.0.0.2 2130706434. 4294967295 0xffffffff 127.000.000.002 1.0.0.127.in-addr.arpa 0177.0000.0000.0002 192.168.257 10.1 169.254.43518
[fe80::1%25lo] [fe80::1%lo] [fc00::1] [fd00:ec2::254] [fec0::1] [ff02::1] [ff0e::1] [100::1] [2001:db8::1] [3fff::1] [5f00::1] localhost
localhost. LOCALHOST LocalHost.localdomain ip6-localhost 0 0.0.0.0 0.0 000.000.000.000 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254
169.254.169.254 169.254.0.1 2852039166 0xa9fea9fe [::ffff:169.254.169.254] [::ffff:a9fe:a9fe] 172.16.0.1 172.31.255.255 192.0.0.192
192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255 192.0.2.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1
255.255.255.255 １２７.0.0.2 127。0。0。2 127．0．0．2 ①②⑦.0.0.2 ⑯⑨.254.169.254 zeiger.example intern.example rund.example
""".split()

FORMS = """
http://nutzer@127.0.0.2/ http://nutzer:wort@127.0.0.2/ http://talbote.example@127.0.0.2/ http://talbote.example:80@127.0.0.2/
http://talbote.example#@127.0.0.2/ http://127.0.0.2#@talbote.example/ http://127.0.0.2\\@talbote.example/
http://talbote.example\\@127.0.0.2/ http://127.0.0.2?@talbote.example/ http://127.0.0.2%2f@talbote.example/ http:\\\\127.0.0.2/
http:/127.0.0.2/ http:127.0.0.2 http:///127.0.0.2/ //127.0.0.2/ ///127.0.0.2 127.0.0.2 HTTP://127.0.0.2/ hTtP://127.0.0.2/
http://127.0.0.2%00.talbote.example/ http://127.0.0.2%20/ http://%31%32%37.0.0.2/ http://127.0.0.2%23/ http://[127.0.0.2]/ http://[::1/ http://::1]/
http://[::ffff:127.0.0.2%25eth0]/ file:///etc/passwd file://127.0.0.2/etc/passwd FILE:/etc/passwd ftp://127.0.0.2/ gopher://127.0.0.2/ dict://127.0.0.2/
ldap://127.0.0.2/ data:text/html,x javascript:alert(1) jar:http://127.0.0.2!/ view-source:http://127.0.0.2/ netdoc:///etc/passwd ws://127.0.0.2/
http+unix://%2fvar%2frun%2fx.sock/ unix:/var/run/x.sock about:blank blob:http://127.0.0.2/ mailto:a@127.0.0.2 http://127.0.0.2:22/ http://127.0.0.2:6379/
http://127.0.0.2:0/ http://127.0.0.2:99999/ http://127.0.0.2:-1/ http://127.0.0.2:8o/ http://:80/ http:// http://./ http://../ http://%/ http://a..b/
""".split()
UNPRINTABLE = [f"http://127.0.0.2{mark}/" for mark in "\t\n\r\0 \u200b\u202e\u2066\xad"] + [
    "http://127.0.\n0.2/",
    "\thttp://127.0.0.2/",
]


def test_a_list_of_tricks_reaches_nobody() -> None:
    """Each as an address, at the port where the canary sits, and as the place that an honest page leads on to."""
    tricks = (
        [f"http://{host}:{{port}}/" for host in HOSTS] + [f"https://{host}/" for host in HOSTS] + FORMS + UNPRINTABLE
    )
    with promise("tricks with addresses, directly and by leading on", "addresses") as tried, webserver.web() as web:
        for name in ("zeiger.example", "intern.example", "rund.example"):
            web.names[name] = [[webserver.CANARY]]
        for name in ("localhost", "localhost.localdomain", "ip6-localhost", "localhost."):
            web.names[name] = [["127.0.0.1"], ["::1"]]
        with web.fetcher(robots=False, allowed=(), total=3.0) as nobody:
            through = [url for url in tricks if not isinstance(nobody.fetch(url.format(port=web.port)), Refusal)]
        with web.fetcher(robots=False, total=3.0, pause=0.0, allowed=(f"{webserver.SERVER}/32",)) as one:
            for trick in tricks:
                target = trick.format(port=web.port)
                if "\n" in target or "\r" in target or "\0" in target or not target.isascii():
                    continue  # no server could send it in a header
                web.put("/weiter", webserver.leads_to(target))
                web.names["localhost"] = [[webserver.CANARY]]
                found = one.fetch(web.address("/weiter"))
                through += [] if isinstance(found, Refusal) else [target]
        asked = [path for _, path in web.asked if path != "/weiter"]
        tried.once(2 * len(tricks))
        for url in through:
            tried.failed(f"{url} came through")
        for visitor in web.reached:
            tried.failed(f"{visitor} reached the canary")
    assert len(tricks) > 200
    assert set(asked) <= {"/127.0.0.2/", "/127.0.0.2", "/"}, asked  # relative forms stay on the server that was allowed


def test_names_that_change_their_mind_and_long_ways_round() -> None:
    """A name with another answer each time, and chains that lead inside in the end: in each order, with good addresses between."""
    inside = [webserver.CANARY, "127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "::1", "::ffff:127.0.0.2", "64:ff9b::7f00:2",
              "2002:7f00:2::", "fd00::1", "fe80::1", "224.0.0.1", "0.0.0.0", "192.168.1.1"]  # fmt: skip
    chance = random.Random(2026)
    with (
        promise("names that change their mind, chains that lead inside", "addresses", 2026) as tried,
        webserver.web() as web,
    ):
        for n in range(times(40, 400)):
            host = f"wechsel{n}.example"
            bad = chance.choice(inside)
            good = chance.randrange(4)
            web.names[host] = [[webserver.SERVER]] * good + [
                chance.choice(([bad], [webserver.SERVER, bad], [bad, webserver.SERVER]))
            ]
            hops = chance.randrange(5)
            for hop in range(hops):
                there = f"/hop{n}-{hop + 1}" if hop + 1 < hops else "/ende"
                target = web.address(there, host) if chance.random() < 0.5 else web.address(there)
                web.put(
                    f"/hop{n}-{hop}", webserver.leads_to(target, chance.choice((301, 302, 303, 307, 308))), host=host
                )
                web.put(f"/hop{n}-{hop}", webserver.leads_to(target), host="talbote.example")
            before = len(web.reached)
            with web.fetcher(
                robots=chance.random() < 0.5, total=3.0, pause=0.0, allowed=(f"{webserver.SERVER}/32",)
            ) as one:
                for _ in range(3):
                    one.fetch(web.address(f"/hop{n}-0", host))
            tried.held(len(web.reached) == before, f"{host}: {web.names[host]} reached the canary")
            tried.once()


@pytest.mark.parametrize(("network", "what", "rfc", "example"), ROWS, ids=[row[0] for row in ROWS])
def test_every_row_of_the_table_holds_for_its_example_and_its_ends(
    network: str, what: str, rfc: str, example: str
) -> None:
    assert rfc.startswith("RFC ")
    whole = ipaddress.ip_network(network)
    assert ipaddress.ip_address(example) in whole
    assert why_not(example) == what
    for address in (whole[0], whole[-1]):
        assert why_not(str(address)) is not None
        if address.version == 4:
            assert why_not(f"::ffff:{address}") is not None
            assert (
                why_not(str(ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) + int(address)))) is not None
            )


@pytest.mark.parametrize(
    "address", ["9.9.9.9", "1.0.0.1", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1", "2a00:1450::1", "2606::1",
                "::ffff:9.9.9.9", "64:ff9b::909:909"]
)  # fmt: skip
def test_public_addresses_are_fetched_from(address: str) -> None:
    assert why_not(address) is None


@given(st.ip_addresses())
def test_nothing_is_public_that_python_calls_private(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if why_not(str(address)) is None:
        mapped = getattr(address, "ipv4_mapped", None)
        assert not (mapped or address).is_private or address in ipaddress.ip_network("64:ff9b::/96")
        assert not address.is_multicast


def test_allowed_is_only_what_was_allowed() -> None:
    allowed = [ipaddress.ip_network("10.1.2.0/24"), ipaddress.ip_network("fd00::/64")]
    assert why_not("10.1.2.9", allowed) is None
    assert why_not("::ffff:10.1.2.9", allowed) is None
    assert why_not("fd00::9", allowed) is None
    assert why_not("10.1.3.9", allowed) == "private"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("HTTP://Talbote.Example", "http://talbote.example/"),
        ("https://talbote.example:443/a#oben", "https://talbote.example/a"),
        ("https://talbote.example:8443/a?b=c&d=%20", "https://talbote.example:8443/a?b=c&d=%20"),
        ("https://straße.example/Größe", "https://xn--strae-oqa.example/Gr%C3%B6%C3%9Fe"),
        ("https://talbote.example/a|b?c={d}", "https://talbote.example/a%7Cb?c=%7Bd%7D"),
        ("https://[2a00:1450::1]/", "https://[2a00:1450::1]/"),
    ],
)
def test_addresses_in_their_plain_form(written: str, plain: str) -> None:
    assert checked_url(written) == plain
    assert checked_url(plain) == plain


@given(st.text(max_size=60))
def test_no_address_breaks_the_check(text: str) -> None:
    for url in (text, f"http://{text}", f"https://talbote.example/{text}", f"http://talbote.example:{text}/"):
        try:
            plain = checked_url(url)
        except ForbiddenError:
            continue
        assert plain.isascii()
        assert checked_url(plain) == plain

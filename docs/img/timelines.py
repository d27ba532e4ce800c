"""Draws the timelines of docs/freshness.md: python3 docs/img/timelines.py. Needs nothing but Python."""

from html import escape
from pathlib import Path

STYLE = """
    .back { fill: #f6f8fa } .ink { fill: #1f2328 } .small { fill: #57606a; font-size: 12.5px }
    .fresh { fill: #c8f0d2; stroke: #1a7f37 } .due { fill: #dff7e5; stroke: #1a7f37; stroke-dasharray: 4 3 }
    .stale { fill: #ffd8b5; stroke: #bc4c00 } .load { fill: #cfe4ff; stroke: #0969da } .failed { fill: #ffd7d5; stroke: #cf222e }
    .axis { stroke: #8c959f; stroke-width: 1.2 } .call { fill: #0969da } .hurt { fill: #cf222e }
    @media (prefers-color-scheme: dark) {
      .back { fill: #161b22 } .ink { fill: #e6edf3 } .small { fill: #9da7b3 }
      .fresh { fill: #12391f; stroke: #3fb950 } .due { fill: #0f2a19; stroke: #3fb950 } .stale { fill: #5a2e0c; stroke: #f0883e }
      .load { fill: #0c2d55; stroke: #58a6ff } .failed { fill: #5c1a1a; stroke: #ff7b72 } .axis { stroke: #6e7681 }
      .call { fill: #58a6ff } .hurt { fill: #ff7b72 }
    }
"""

LEFT, SCALE = 120, 7.2


def x(at):
    return LEFT + SCALE * at


def bar(kind, begin, end, row, words=""):
    """A stretch of time in row 0 (the store) or 1 (the source)."""
    y = 62 + 62 * row
    middle = (x(begin) + x(end)) / 2
    return (
        f'  <rect class="{kind}" x="{x(begin):.1f}" y="{y}" width="{SCALE * (end - begin):.1f}" height="34" rx="4"/>\n'
        f'  <text class="ink" x="{middle:.1f}" y="{y + 22}" text-anchor="middle" font-size="13">{escape(words)}</text>\n'
    )


def call(at, words, hurt=False, high=False):
    """A call, and what it is answered with."""
    kind = "hurt" if hurt else "call"
    y = 190 + (20 if high else 0)
    return (
        f'  <path class="{kind}" d="M{x(at):.1f} 178l-6 -12h12z"/>\n'
        f'  <text class="small" x="{x(at):.1f}" y="{y + 6}" text-anchor="middle">{escape(words)}</text>\n'
    )


PICTURES = {
    "refresh-after-write": (
        "refreshAfterWrite: the call that finds the value old is answered with it",
        [
            bar("fresh", 0, 36, 0, "value 1, found"),
            bar("due", 36, 60, 0, "value 1, due"),
            bar("fresh", 60, 96, 0, "value 2, found"),
            bar("load", 38, 60, 1, "computed in the background"),
            call(20, "1"),
            call(38, "1, begins it"),
            call(50, "1"),
            call(70, "2"),
        ],
    ),
    "refresh-ahead": (
        "refreshAhead(0.8): from 80 % of the lifetime on, whoever asks has it computed anew",
        [
            bar("fresh", 0, 64, 0, "80 % of the lifetime"),
            bar("due", 64, 74, 0, "due"),
            bar("fresh", 74, 96, 0, "value 2, a new life"),
            bar("load", 66, 74, 1, ""),
            call(30, "1"),
            call(66, "1, begins it"),
            call(84, "2"),
        ],
    ),
    "refresh-unread": (
        "refreshUnread: what is due is computed anew though nobody asks",
        [
            bar("fresh", 0, 36, 0, "value 1, found"),
            bar("due", 36, 52, 0, "due"),
            bar("fresh", 52, 96, 0, "value 2, found"),
            bar("load", 44, 52, 1, "a round"),
            call(12, "1"),
            call(84, "2"),
        ],
    ),
    "early": (
        "earlyRecomputation: the nearer the end, the likelier a call has it computed",
        [
            bar("fresh", 0, 60, 0, "value 1, no call would compute"),
            bar("due", 60, 92, 0, "e^(-left / cost)"),
            bar("load", 84, 91, 1, ""),
            call(64, "1: 1 in 1,000"),
            call(76, "1: 1 in 20", high=True),
            call(84, "1, begins it"),
        ],
    ),
    "soft": (
        "invalidateSoftly: stale to all, served by calls until it is computed anew",
        [
            bar("fresh", 0, 40, 0, "value 1"),
            bar("stale", 40, 64, 0, "value 1, stale"),
            bar("fresh", 64, 96, 0, "value 2"),
            bar("load", 48, 64, 1, "computed once"),
            call(40, "invalidateSoftly", hurt=True),
            call(51, "1, begins it", high=True),
            call(60, "1"),
            call(76, "2"),
        ],
    ),
    "fail-safe": (
        "failSafe: the last good value while the source is down",
        [
            bar("fresh", 0, 24, 0, "value 1"),
            bar("stale", 24, 78, 0, "value 1, expired and kept"),
            bar("fresh", 78, 96, 0, "value 2"),
            bar("failed", 28, 34, 1, "fails"),
            bar("failed", 52, 58, 1, "fails"),
            bar("load", 74, 78, 1, ""),
            call(10, "1"),
            call(31, "1, after it failed"),
            call(43, "1 at once: throttle", high=True),
            call(55, "1, after it failed"),
            call(78, "2, waits for it"),
        ],
    ),
    "slow": (
        "softTimeout and hardTimeout: who has another value waits shortly, who has none not for ever",
        [
            bar("fresh", 0, 14, 0, "value 1"),
            bar("stale", 14, 62, 0, "value 1, expired and kept"),
            bar("fresh", 62, 96, 0, "value 2"),
            bar("load", 20, 62, 1, "takes five seconds, and goes on"),
            call(24, "1, after the soft limit"),
            call(44, "no value kept: hard limit", hurt=True, high=True),
            call(70, "2"),
        ],
    ),
    "failover": (
        "failover: each call computes; only a failure is answered from the cache",
        [
            bar("due", 0, 18, 0, "value 1"),
            bar("due", 18, 78, 0, "value 2, found by no look-up, kept"),
            bar("due", 78, 96, 0, "value 3"),
            bar("load", 12, 18, 1, ""),
            bar("failed", 34, 40, 1, "fails"),
            bar("failed", 54, 60, 1, "fails"),
            bar("load", 72, 78, 1, ""),
            call(18, "2"),
            call(40, "2, since it failed"),
            call(60, "2, since it failed"),
            call(78, "3"),
        ],
    ),
    "back-off": (
        "cacheFailures with a longest time: each failure is kept twice as long as the last",
        [
            bar("failed", 4, 10, 0, "1 s"),
            bar("failed", 12, 24, 0, "2 s"),
            bar("failed", 28, 52, 0, "4 s"),
            bar("fresh", 62, 96, 0, "a value; the next failure begins anew"),
            bar("failed", 1, 4, 1, ""),
            bar("failed", 10, 12, 1, ""),
            bar("failed", 24, 28, 1, ""),
            bar("load", 58, 62, 1, ""),
            call(7, "thrown"),
            call(18, "thrown, no call"),
            call(40, "thrown, no call"),
            call(62, "value"),
        ],
    ),
    "concurrent": (
        "maxConcurrentLoads(2): a third waits for its turn, whatever its key",
        [
            bar("load", 4, 40, 0, "key 1"),
            bar("load", 40, 76, 0, "key 3, when a place is free"),
            bar("load", 12, 58, 1, "key 2"),
            bar("load", 58, 92, 1, "key 4"),
            call(4, "1"),
            call(12, "2"),
            call(20, "3 waits"),
            call(32, "4 waits", high=True),
        ],
        "one place",
        "the other",
    ),
    "rate": (
        "loadRate(3, a second): no more than three begin within any second",
        [
            bar("load", 6, 10, 1, ""),
            bar("load", 14, 18, 1, ""),
            bar("load", 22, 26, 1, ""),
            bar("load", 48, 52, 1, ""),
            bar("stale", 22, 46, 0, "until a second after the first"),
            call(6, "1"),
            call(14, "2"),
            call(22, "3"),
            call(34, "kept, or rejected", hurt=True, high=True),
            call(48, "4"),
        ],
        "full",
        "the source",
    ),
    "retry": (
        "loadRetry(3, pause): the function runs again, and the caller sees one answer",
        [
            bar("failed", 6, 20, 1, "fails"),
            bar("failed", 30, 44, 1, "fails"),
            bar("load", 62, 76, 1, "succeeds"),
            bar("fresh", 76, 96, 0, "value"),
            call(6, "call"),
            call(76, "its answer"),
        ],
    ),
    "not-modified": (
        "LoadContext: the function sees what is kept, and says that it still holds",
        [
            bar("fresh", 0, 40, 0, "value 1, version e1"),
            bar("stale", 40, 60, 0, "kept"),
            bar("fresh", 60, 96, 0, "value 1, version e1, a new life"),
            bar("load", 46, 60, 1, "304 for e1"),
            call(20, "1"),
            call(60, "1, for 200 bytes"),
            call(80, "1"),
        ],
    ),
    "slow-only": (
        "storeIfSlowerThan: what is quick to compute leaves its room to what is not",
        [
            bar("load", 6, 9, 1, ""),
            bar("load", 20, 23, 1, ""),
            bar("load", 36, 60, 1, "takes longer"),
            bar("fresh", 60, 96, 0, "stored"),
            call(9, "not stored"),
            call(23, "not stored"),
            call(60, "stored"),
            call(80, "found"),
        ],
    ),
    "reads": (
        "expireAfterReads(2): found twice, then gone",
        [
            bar("load", 4, 12, 1, ""),
            bar("fresh", 12, 62, 0, "value 1"),
            bar("load", 78, 86, 1, ""),
            bar("fresh", 86, 96, 0, "value 2"),
            call(12, "computed"),
            call(38, "found"),
            call(62, "found, its last"),
            call(80, "computed anew", high=True),
        ],
    ),
    "jitter": (
        "expiryJitter(0.1): stored together, ended one by one",
        [
            bar("fresh", 4, 70, 0, "key 1"),
            bar("fresh", 4, 78, 1, "key 2"),
            bar("load", 70, 76, 0, ""),
            bar("load", 78, 84, 1, ""),
            call(4, "both stored"),
            call(70, "1 ends"),
            call(78, "2 ends", high=True),
        ],
        "entry 1",
        "entry 2",
    ),
    "keep": (
        "Keep: one call's value lives as long as that call says",
        [
            bar("fresh", 4, 92, 0, "/home, an hour"),
            bar("fresh", 14, 30, 1, "/draft, 5 s"),
            call(4, "get(/home, …)"),
            call(14, "get(/draft, Keep …)", high=True),
            call(50, "/home found, /draft computed"),
        ],
        "entry 1",
        "entry 2",
    ),
    "breaker": (
        "sourceBreaker(3, …): three failures in a row, and the source has its peace",
        [
            bar("stale", 0, 84, 0, "what is kept answers; where nothing is, LoadRejectedException"),
            bar("fresh", 84, 96, 0, "fresh"),
            bar("failed", 4, 9, 1, "1"),
            bar("failed", 12, 17, 1, "2"),
            bar("failed", 20, 25, 1, "3"),
            bar("stale", 25, 66, 1, "left alone"),
            bar("failed", 66, 71, 1, "probe"),
            bar("load", 79, 84, 1, "probe"),
            call(22, "kept"),
            call(40, "kept"),
            call(68, "kept"),
            call(82, "fresh"),
        ],
    ),
}


def picture(title, parts, upper="the entry", lower="the source"):
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 226" role="img" aria-labelledby="title"'
        " font-family=\"system-ui, 'Segoe UI', Helvetica, Arial, sans-serif\" font-size=\"14\">\n"
        f'  <title id="title">{escape(title)}</title>\n  <style>{STYLE}  </style>\n'
        '  <rect class="back" width="860" height="226" rx="8"/>\n'
        f'  <text class="ink" x="24" y="32" font-weight="600">{escape(title)}</text>\n'
        f'  <text class="ink" x="24" y="84">{upper}</text>\n  <text class="ink" x="24" y="146">{lower}</text>\n'
        '  <text class="ink" x="24" y="182">calls</text>\n'
        f'  <path class="axis" fill="none" d="M{LEFT} 178H{x(100):.1f}"/>\n' + "".join(parts) + "</svg>\n"
    )


for name, (heading, drawn, *rows) in PICTURES.items():
    (Path(__file__).parent / f"timeline-{name}.svg").write_text(picture(heading, drawn, *rows), encoding="utf-8")

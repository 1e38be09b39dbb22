"""Mistakes about several benefits: as in `bad_input`."""

from __future__ import annotations

from tests.bad_input_syge import Case

SEED = "seed: 3\n"
JOBKLUB = "    kind: jobklub\n"


def _benefits(text: str) -> list[tuple[str, str]]:
    return [(SEED, f"{SEED}benefits:\n  {text}\n")]


WRONG_BENEFITS = {
    "a benefit to which nobody can pass": Case(
        _benefits("dagpenge: {passes: {kontanhjaelp: {level: 0.1}}}\n  kontanthjaelp: {}"),
        "'kontanhjaelp' is not known here; did you mean 'kontanthjaelp'?", "passes: {¦kontanhjaelp",
    ),
    "passing to the same benefit": Case(
        _benefits("dagpenge: {passes: {dagpenge: {level: 0.1}}}"), "who is on dagpenge cannot pass to it",
        "passes: {dagpenge: ¦{level",
    ),
    "an exit that is a benefit": Case(
        _benefits("dagpenge: {}\n  job: {}"), "'job' is an exit as well (exits.job)", "  job: ¦{}",
    ),
    "a word of the tables": Case(
        _benefits("dagpenge: {}\n  benefit: {}"), "'benefit' has a meaning of its own", "  benefit: ¦{}",
    ),
    "exits to a benefit": Case(
        _benefits("dagpenge: {exits: {kontanthjaelp: {level: 0.1}}}\n  kontanthjaelp: {}"),
        "'kontanthjaelp' is not known here", "exits: {¦kontanthjaelp",
    ),
    "shares of more than all": Case(
        _benefits("dagpenge: {}\n  kontanthjaelp: {share: 0.7}\n  su: {share: 0.6}"),
        "the shares of the others than dagpenge, which has the rest, add up to 1.3, more than 1",
        "  su: {share: ¦0.6",
    ),
    "shares of less than all": Case(
        _benefits("dagpenge: {share: 0.5}\n  kontanthjaelp: {share: 0.4}"),
        "the shares of those who come must add up to 1 (they add up to 0.9)",
        "  dagpenge: {share: ¦0.5",
    ),
    "a right of no weeks": Case(
        _benefits("dagpenge: {ends: {week: 0, to: {job: 1}}}"), "a right lasts at least 1 week", "ends: {week: ¦0",
    ),
    "ends that do not add up": Case(
        _benefits("dagpenge: {ends: {week: 9, to: {job: 0.9}}}"), "the shares must add up to 1 (they add up to 0.9)",
        "to: ¦{job: 0.9}",
    ),
    "a right that ends with itself": Case(
        _benefits("dagpenge: {ends: {week: 9, to: {dagpenge: 1}}}"),
        "the right to dagpenge ends, so something else must follow", "to: {dagpenge: ¦1}",
    ),
    "the end of a right leads nowhere": Case(
        _benefits("dagpenge: {ends: {week: 9, to: {pensjon: 1}}}"), "'pensjon' is not known here", "to: {¦pensjon: 1}",
    ),
    "a rhythm that does not begin with the intake": Case(
        _benefits("dagpenge: {}\n  su: {share: 0.5, by_block: {2: 0.5, 4: 0.5}}"),
        "the first block must begin in week 0 of the intake", "by_block: ¦{2: 0.5",
    ),
    "a rhythm beyond the intake": Case(
        _benefits("dagpenge: {}\n  su: {share: 0.5, by_block: {0: 0.5, 10: 0.5}}"),
        "a block begins in week 10, but the intake has 10 weeks (0 to 9)", "su: {share: 0.5, by_block: ¦{0",
    ),
    "a rhythm of less than all": Case(
        _benefits("dagpenge: {}\n  su: {share: 0.5, by_block: {0: 0.5, 4: 0.4}}"), "add up to 1",
        "su: {share: 0.5, by_block: ¦{0",
    ),
    "an offer for those on a misspelt benefit": Case(
        [*_benefits("dagpenge: {}"), (JOBKLUB, f"{JOBKLUB}    benefits: [dagpeng]\n")],
        "'dagpeng' is not known here; did you mean 'dagpenge'?", "benefits: [¦dagpeng]",
    ),
    "an offer for those on a benefit where there is but one": Case(
        [(JOBKLUB, f"{JOBKLUB}    benefits: [dagpenge]\n")], "'dagpenge' is not known here; there is none",
        "benefits: [¦dagpenge]",
    ),
    "an offer for nobody": Case(
        [*_benefits("dagpenge: {}"), (JOBKLUB, f"{JOBKLUB}    benefits: []\n")], "at least 1", "    benefits: ¦[]",
    ),
}  # fmt: skip

DOUBTFUL_BENEFITS = {
    "a rhythm of nobody": Case(
        _benefits("dagpenge: {passes: {su: {level: 0.1}}}\n  su: {by_block: {0: 0.5, 4: 0.5}}"),
        "nobody comes on su (its share is 0): it does nothing", "su: {by_block: ¦{0",
    ),
    "a benefit that nobody is on": Case(
        _benefits("dagpenge: {}\n  kontanthjaelp: {}"),
        "nobody is ever on kontanthjaelp: 0% of those who come, and nobody passes or comes back to it",
        "  kontanthjaelp: ¦{}",
    ),
    "an offer on a benefit that nobody is on": Case(
        [*_benefits("dagpenge: {}\n  kontanthjaelp: {}"), (JOBKLUB, f"{JOBKLUB}    benefits: [kontanthjaelp]\n")],
        "nobody is ever on kontanthjaelp: it does nothing", "    benefits: ¦[kontanthjaelp]",
    ),
    "a benefit without talks": Case(
        [*_benefits("dagpenge: {}\n  kontanthjaelp: {share: 0.5}"),
         ("plan: {arms: [deltager], team: sagsbehandlere, channel: personlig",
          "plan: {arms: [deltager], benefits: [dagpenge], team: sagsbehandlere, channel: personlig")],
        "deltager: no plan of talks begins on kontanthjaelp, as one does on dagpenge", "  kontanthjaelp: ¦{share",
    ),
    "a right that outlasts the run": Case(
        _benefits("dagpenge: {ends: {week: 104, to: {job: 1}}}"), "week 104 on benefit is never reached",
        "ends: {week: ¦104",
    ),
}  # fmt: skip

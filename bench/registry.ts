import type { Scenario } from "./scenario.ts";
import { action } from "./scenarios/action.ts";
import { check } from "./scenarios/check.ts";
import { fixtures } from "./scenarios/fixtures.ts";
import { fixturesCorpus } from "./scenarios/fixtures-corpus.ts";
import { history } from "./scenarios/history.ts";
import { introspect } from "./scenarios/introspect.ts";
import { oneMore } from "./scenarios/one-more.ts";
import { readDdl } from "./scenarios/read-ddl.ts";
import { questions } from "./scenarios/questions.ts";
import { review } from "./scenarios/review.ts";
import { server } from "./scenarios/server.ts";
import { site } from "./scenarios/site.ts";
import { thousand } from "./scenarios/thousand.ts";
import { unchanged } from "./scenarios/unchanged.ts";

/** Every scenario, in the order in which they run. */
export const scenarios: readonly Scenario[] = [history, unchanged, oneMore, review, introspect, readDdl, thousand, fixtures, fixturesCorpus, action, check, questions, server, site];

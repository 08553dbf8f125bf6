/** The workflow that `init` writes; the one of examples/workflows/review.yml, for the branch that the repository has. */
export function workflowText(branch: string): string {
  return `name: QueryGenie
on:
  pull_request:
  # A reply such as "ignore because …" counts at once.
  pull_request_review_comment:
    types: [created]
  merge_group:
  push:
    branches: [${JSON.stringify(branch)}]
  workflow_dispatch:

permissions: {}

concurrency:
  group: querygenie-\${{ github.event.pull_request.number || github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:
  database:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: write # commits the documents and fixtures on the default branch
      pull-requests: write # comments on pull requests, and opens one when the branch is protected
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: querygenie/querygenie@v0.1.0
`;
}

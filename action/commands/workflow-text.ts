/**
 * A workflow that keeps the committed files true and reviews migrations. It uses the version that the repository has
 * installed and asks for no more than to read.
 */
export function workflowText(): string {
  return `name: QueryGenie
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  database:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0
        with:
          node-version: 24
          cache: npm
      - run: npm ci
      - name: Committed documentation and fixtures are up to date
        run: npx --no-install querygenie build --check
      - name: Review the migrations of this pull request
        if: github.event_name == 'pull_request'
        env:
          BASE_REF: \${{ github.base_ref }}
        run: npx --no-install querygenie review --base "origin/$BASE_REF" --format github
`;
}

package io.tokenguard.cli;

/**
 * The result of one run of the command line.
 *
 * @param exit the exit code
 * @param out the standard output
 * @param err the standard error
 */
record CliResult(int exit, String out, String err) {
    String everything() {
        return out + err;
    }
}

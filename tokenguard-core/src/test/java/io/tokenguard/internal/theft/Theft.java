package io.tokenguard.internal.theft;

/** The kinds of theft in the generated population. */
enum Theft {
    LOG_REPLAY("a token from a log, used by a script elsewhere"),
    SCRAPING("mass export through a pool of proxies"),
    STEALER("a session stolen by malware, used from one home network with a copied program"),
    ON_DEVICE("malware on the owner's device exports data"),
    QUIET("a copied program elsewhere, with the owner's hours, routes and rate");

    private final String words;

    Theft(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}

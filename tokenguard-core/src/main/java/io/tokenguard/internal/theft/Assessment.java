package io.tokenguard.internal.theft;

/** How unusual one request is for its subject. For one decision, on one thread. */
public final class Assessment {
    private static final int NOTABLY_MORE = 20;

    private final Baseline baseline;
    private final Observation use;
    private final Surprise surprise;
    private final int score;

    Assessment(Baseline baseline, Observation use, Surprise surprise) {
        this.baseline = baseline;
        this.use = use;
        this.surprise = surprise;
        this.score = surprise.score();
    }

    /** 0 for a usual request, to 100. */
    public int score() {
        return score;
    }

    /** The reasons, in words that hold nothing of the request. */
    public String explanation() {
        return surprise.explanation();
    }

    /** Whether this is to be reported: once an hour for a subject, and again if the score is higher by {@value #NOTABLY_MORE}. */
    public boolean isSignalDue() {
        return baseline.isSignalDue(use, score, NOTABLY_MORE);
    }

    /** The subject is challenged to authenticate. */
    public void challenge() {
        baseline.challenge(use.second());
    }

    /**
     * The request has what a challenge demands. If the user authenticated after the challenge, what the request came with is
     * known from now on.
     *
     * @param authenticatedAt the time of the authentication, in seconds since 1970
     */
    public void authenticated(long authenticatedAt) {
        if (baseline.answersChallenge(authenticatedAt)) {
            baseline.trust(use);
        }
    }

    /**
     * Takes one of the requests that may be suspicious in a minute.
     *
     * @return false if there is none left
     */
    public boolean takePlace(int most) {
        return baseline.takePlace(use, most);
    }

    /** The same for a baseline that was made meanwhile. */
    Assessment of(Baseline current) {
        return new Assessment(current, use, surprise);
    }

    void learn(boolean isClean) {
        baseline.learn(use, isClean);
    }
}

package io.tokenguard.attacks;

/** What an attacker does: prepares what is needed, and ends with the request that is to be judged. */
@FunctionalInterface
interface Script {
    RawRequest play(AttackBench bench);
}

package io.tokenguard.attacks;

/** An attacker's actions: preparations, and then the request to decide about. */
@FunctionalInterface
interface Script {
    RawRequest play(AttackBench bench);
}

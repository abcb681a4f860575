package io.tokenguard.testkit;

/** Keys that are made once for all tests. */
final class KnownKeys {
    static final TestKey EC = TestKey.generate(TestAlgorithm.ES256, "ec");
    static final TestKey OTHER_EC = TestKey.generate(TestAlgorithm.ES256, "other-ec");
    static final TestKey RSA = TestKey.generate(TestAlgorithm.RS256, "rsa");

    private KnownKeys() {}
}

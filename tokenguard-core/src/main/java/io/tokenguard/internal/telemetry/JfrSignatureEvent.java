package io.tokenguard.internal.telemetry;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The verification of a signature. */
@Name("io.tokenguard.Signature")
@Label("Signature verification")
@Description("The verification of the signature of a token or a DPoP proof")
@Category("TokenGuard")
@StackTrace(false)
final class JfrSignatureEvent extends Event {
    @Label("Algorithm")
    String algorithm = "";

    @Label("Provider")
    String provider = "";

    @Label("Outcome")
    String outcome = "";

    static Recording start(String algorithm, String provider) {
        JfrSignatureEvent event = new JfrSignatureEvent();
        if (!event.isEnabled()) {
            return Recording.NONE;
        }
        event.algorithm = algorithm;
        event.provider = provider;
        event.begin();
        return event::finish;
    }

    private void finish(String result) {
        outcome = result;
        commit();
    }
}

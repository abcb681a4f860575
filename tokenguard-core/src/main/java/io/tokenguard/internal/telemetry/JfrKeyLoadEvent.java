package io.tokenguard.internal.telemetry;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A load of an issuer's keys. The issuer is named as configured. */
@Name("io.tokenguard.KeyLoad")
@Label("Key load")
@Description("A load of an issuer's keys")
@Category("TokenGuard")
@StackTrace(false)
final class JfrKeyLoadEvent extends Event {
    @Label("Issuer")
    String issuer = "";

    @Label("Outcome")
    String outcome = "";

    static Recording start(String issuer) {
        JfrKeyLoadEvent event = new JfrKeyLoadEvent();
        if (!event.isEnabled()) {
            return Recording.NONE;
        }
        event.issuer = issuer;
        event.begin();
        return event::finish;
    }

    private void finish(String result) {
        outcome = result;
        commit();
    }
}

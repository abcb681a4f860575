package io.tokenguard.internal.telemetry;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A revocation by this node's application or by an issuer. Not recorded: what it revokes. */
@Name("io.tokenguard.Revocation")
@Label("Revocation")
@Description("A revocation or key ban by the application or an issuer")
@Category("TokenGuard")
@StackTrace(false)
final class JfrRevocationEvent extends Event {
    @Label("Kind")
    String kind = "";

    @Label("Stored")
    boolean isStored;

    static void write(String kind, boolean isStored) {
        JfrRevocationEvent event = new JfrRevocationEvent();
        if (event.isEnabled()) {
            event.kind = kind;
            event.isStored = isStored;
            event.commit();
        }
    }
}

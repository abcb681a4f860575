package io.tokenguard.attacks;

import java.util.Locale;

/** Makes names of attacks out of what they send. */
final class Names {
    private static final int LONGEST = 60;

    private Names() {}

    /** The text in printable ASCII, spaces at its ends included, cut where it is long. */
    static String printable(String text) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (name.length() >= LONGEST) {
                return name.append("... of ").append(text.length()).toString();
            }
            char c = text.charAt(i);
            boolean isAtEdge = i == 0 || i == text.length() - 1;
            if ((c > 0x20 && c < 0x7F) || (c == ' ' && !isAtEdge)) {
                name.append(c);
            } else {
                name.append(String.format(Locale.ROOT, "<%04x>", (int) c));
            }
        }
        return name.isEmpty() ? "(empty)" : name.toString();
    }
}

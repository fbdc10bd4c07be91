package org.dunlin.contact.voice;

/** What a call says next, and what keys mean then. */
enum Step {
    /** Who calls. Nobody knows yet who has taken the phone. */
    HELLO(true) {
        @Override
        Step next(String key) {
            return key.equals("1") ? MESSAGE : HELLO;
        }
    },
    /** What is open. */
    MESSAGE(true) {
        @Override
        Step next(String key) {
            return switch (key) {
                case "1" -> PROMISE;
                case "2" -> CALL_BACK;
                default -> MESSAGE;
            };
        }
    },
    /** Is the date right? */
    PROMISE(true) {
        @Override
        Step next(String key) {
            return switch (key) {
                case "1" -> PROMISED;
                case "2" -> MESSAGE;
                default -> PROMISE;
            };
        }
    },
    PROMISED(false),
    CALL_BACK(false),
    /** Everything has been paid meanwhile. */
    NOTHING_OPEN(false),
    /** An answering machine: anybody may listen to it. */
    MACHINE(false),
    GOODBYE(false);

    private final boolean asks;

    Step(boolean asks) {
        this.asks = asks;
    }

    /** Whether a key is waited for; if not, the call ends after it. */
    boolean asks() {
        return asks;
    }

    /** @param key pressed; empty for none */
    Step next(String key) {
        return this;
    }

    /** What came of the call when it ends here or the customer hangs up, as outcomes are named. */
    String outcome() {
        return switch (this) {
            case PROMISED -> "willPay";
            case CALL_BACK -> "callBack";
            case NOTHING_OPEN -> "nothingOpen";
            case MACHINE -> "answeringMachine";
            case HELLO -> "didNotListen";
            case MESSAGE, PROMISE, GOODBYE -> "listened";
        };
    }
}

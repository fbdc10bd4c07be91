package org.dunlin.dunning;

import java.util.Locale;

/** What people read about a hold. Reasons and names are typed by somebody: nothing of them may act as markup. */
final class HoldWords {

    private HoldWords() {}

    static String kind(Hold hold) {
        return switch (hold.kind()) {
            case DISPUTE -> "dispute";
            case PROMISE -> "promise";
            case PLAN -> "payment plan";
            case BLOCK -> "block";
            case INSOLVENCY -> "insolvency";
        };
    }

    static String reason(Hold hold) {
        return DisplayText.plain(
                switch (hold.kind()) {
                    case DISPUTE -> DisputeReasons.words(hold.reason());
                    case PROMISE -> "A promise";
                    case PLAN -> "A payment plan";
                    case BLOCK, INSOLVENCY -> hold.reason();
                });
    }

    static String raised(Hold hold) {
        return "since " + hold.startsOn()
                + (hold.raisedBy() == null ? "" : ", by " + DisplayText.plain(hold.raisedBy()));
    }

    /** In one sentence, for example {@code dispute H100001 (The price), since 2026-01-21, by sem, until somebody has decided}. */
    static String inOneSentence(Hold hold) {
        String about = hold.amount() == null ? reason(hold) : hold.amount().format(Locale.UK);
        return "%s %s (%s), %s, until %s"
                .formatted(
                        kind(hold),
                        hold.number(),
                        about,
                        raised(hold),
                        hold.endsOn() == null ? "somebody has decided" : hold.endsOn());
    }

    /** What came of it, for example {@code it was kept}. */
    static String end(Hold hold) {
        if (hold.outcome() == null) {
            return "it goes on";
        }
        String end =
                switch (hold.outcome()) {
                    case KEPT -> "the money came";
                    case BROKEN -> "the money did not come";
                    case CREDITED -> "the credit note has been booked";
                    case CORRECTED -> "the corrected invoice has been booked";
                    case REJECTED -> "it was rejected";
                    case OVER -> "its last day has passed";
                    case SETTLED -> "nothing is open of it any more";
                    case WITHDRAWN -> "it was taken back";
                    case WRITTEN_OFF -> "the debt was written off";
                };
        return hold.endedBy() == null ? end : end + ", by " + DisplayText.plain(hold.endedBy());
    }
}

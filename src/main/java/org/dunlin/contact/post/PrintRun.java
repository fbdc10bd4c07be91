package org.dunlin.contact.post;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.dunlin.contact.text.MessageComposer;
import org.jspecify.annotations.Nullable;

/**
 * Letters that are printed and posted together. What is in it does not change any more once it has been formed; what becomes of each
 * letter does.
 *
 * @param number  for people
 * @param day     the date that its letters bear; null while it is being formed
 * @param duplex  whether each letter begins on a sheet of its own
 * @param pages   of the file to be printed, empty ones included
 * @param endedBy login of who recorded what became of it
 */
public record PrintRun(
        long id,
        String number,
        State state,
        Instant formedAt,
        @Nullable LocalDate day,
        boolean duplex,
        int letters,
        int pages,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        @Nullable String note) {

    public enum State {
        FORMING,
        PRINTED,
        POSTED,
        UNDONE
    }

    /** What became of one letter of it. */
    public enum Fate {
        IN_RUN,
        POSTED,
        TAKEN_OUT,
        PRINT_AGAIN,
        ADDRESS_WRONG,
        UNDONE
    }

    /**
     * One letter, with its address as printed.
     *
     * @param number    place in postal order, from 1
     * @param firstPage in the file to be printed, from 1
     */
    public record Letter(
            long contactId,
            int number,
            int firstPage,
            int pages,
            String creditor,
            String creditorCountry,
            String customerNumber,
            @Nullable String caseNumber,
            String addressee,
            @Nullable String street,
            @Nullable String postalCode,
            @Nullable String city,
            String country,
            Fate fate) {

        /** Where its envelope shows the address. */
        boolean windowOnTheRight() {
            return MessageComposer.windowOnTheRight(creditorCountry);
        }
    }

    /** An envelope that must not go to the post, and why. */
    public record ToTakeOut(int number, long contactId, String addressee, @Nullable String city, String why) {}

    /**
     * What the mail room recorded about a run.
     *
     * @param postedOn     day on which it was brought to the post; null for today
     * @param printAgain   numbers of letters that come into the next run
     * @param addressWrong numbers of letters whose address cannot be right
     * @param by           login
     */
    public record Posting(
            @Nullable LocalDate postedOn,
            List<Integer> printAgain,
            List<Integer> addressWrong,
            @Nullable String note,
            @Nullable String by) {

        static Posting everything(@Nullable String note) {
            return new Posting(null, List.of(), List.of(), note, null);
        }
    }
}

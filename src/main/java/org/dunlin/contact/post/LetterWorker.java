package org.dunlin.contact.post;

import org.dunlin.contact.delivery.DeliveryKit;
import org.dunlin.contact.delivery.DeliveryWorker;
import org.springframework.stereotype.Component;

/** Puts into the out-tray what waits at the letter steps of ladders. */
@Component
class LetterWorker extends DeliveryWorker {

    static final String TOPIC = "letter";

    LetterWorker(DeliveryKit kit, LetterCarrier carrier) {
        super(kit, carrier, TOPIC);
    }
}

package org.dunlin.contact.email;

import org.dunlin.contact.delivery.DeliveryKit;
import org.dunlin.contact.delivery.DeliveryWorker;
import org.springframework.stereotype.Component;

/** Sends what waits at the e-mail steps of ladders and holds. */
@Component
class EmailWorker extends DeliveryWorker {

    static final String TOPIC = "email";

    EmailWorker(DeliveryKit kit, EmailCarrier carrier) {
        super(kit, carrier, TOPIC);
    }
}

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CardPanel</name>
    <message numerus="yes">
        <source>Asking the terminal… %n times so far</source>
        <translation>
            <numerusform>Asking the terminal… once so far</numerusform>
            <numerusform>Asking the terminal… %n times so far</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CartCounts</name>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n taken out of the cart meanwhile, still on the ticket</source>
        <translation>
            <numerusform>%n taken out of the cart meanwhile, still on the ticket</numerusform>
            <numerusform>%n taken out of the cart meanwhile, still on the ticket</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChooserPanel</name>
    <message numerus="yes">
        <source>%n articles have this code</source>
        <translation>
            <numerusform>%n article has this code</numerusform>
            <numerusform>%n articles have this code</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CloseShiftPage</name>
    <message numerus="yes">
        <source>%n left to count</source>
        <translation>
            <numerusform>%n left to count</numerusform>
            <numerusform>%n left to count</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CustomerCounts</name>
    <message numerus="yes">
        <source>%n articles</source>
        <translation>
            <numerusform>%n article</numerusform>
            <numerusform>%n articles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FiguresViewModel</name>
    <message numerus="yes">
        <source>%n wishes</source>
        <translation>
            <numerusform>%n wish</numerusform>
            <numerusform>%n wishes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n complaints</source>
        <translation>
            <numerusform>%n complaint</numerusform>
            <numerusform>%n complaints</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n times praise</source>
        <translation>
            <numerusform>praise once</numerusform>
            <numerusform>%n times praise</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to prepare</source>
        <translation>
            <numerusform>%n to prepare</numerusform>
            <numerusform>%n to prepare</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n on the shelf</source>
        <translation>
            <numerusform>%n on the shelf</numerusform>
            <numerusform>%n on the shelf</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orders</source>
        <translation>
            <numerusform>%n order</numerusform>
            <numerusform>%n orders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HandoverCounts</name>
    <message numerus="yes">
        <source>%n articles</source>
        <translation>
            <numerusform>%n article</numerusform>
            <numerusform>%n articles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n parcels</source>
        <translation>
            <numerusform>%n parcel</numerusform>
            <numerusform>%n parcels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n parcels to scan</source>
        <translation>
            <numerusform>%n parcel to scan</numerusform>
            <numerusform>%n parcels to scan</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %n scanned</source>
        <translation>
            <numerusform>{done} of %n scanned</numerusform>
            <numerusform>{done} of %n scanned</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Received: %n articles</source>
        <translation>
            <numerusform>Received: %n article</numerusform>
            <numerusform>Received: %n articles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Leaves %n articles</source>
        <translation>
            <numerusform>Leaves %n article</numerusform>
            <numerusform>Leaves %n articles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Adds %n articles</source>
        <translation>
            <numerusform>Adds %n article</numerusform>
            <numerusform>Adds %n articles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HeaderViewModel</name>
    <message numerus="yes">
        <source>%n items to look at</source>
        <translation>
            <numerusform>%n item to look at</numerusform>
            <numerusform>%n items to look at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pickups late</source>
        <translation>
            <numerusform>%n pickup late</numerusform>
            <numerusform>%n pickups late</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new pickups</source>
        <translation>
            <numerusform>%n new pickup</numerusform>
            <numerusform>%n new pickups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n late</source>
        <translation>
            <numerusform>%n late</numerusform>
            <numerusform>%n late</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to send</source>
        <translation>
            <numerusform>%n to send</numerusform>
            <numerusform>%n to send</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HeldPhotos</name>
    <message numerus="yes">
        <source>%n photos stored</source>
        <translation>
            <numerusform>%n photo stored</numerusform>
            <numerusform>%n photos stored</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LineEditViewModel</name>
    <message numerus="yes">
        <source>at most %n decimals</source>
        <translation>
            <numerusform>at most %n decimal</numerusform>
            <numerusform>at most %n decimals</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LinkViewModel</name>
    <message numerus="yes">
        <source>%n acts saved, they will be sent by themselves</source>
        <translation>
            <numerusform>%n act saved, it will be sent by itself</numerusform>
            <numerusform>%n acts saved, they will be sent by themselves</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n acts were set aside</source>
        <translation>
            <numerusform>%n act was set aside</numerusform>
            <numerusform>%n acts were set aside</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MenuViewModel</name>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n open</numerusform>
            <numerusform>%n open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OverrideViewModel</name>
    <message numerus="yes">
        <source>Wrong PIN: %n tries left</source>
        <translation>
            <numerusform>Wrong PIN: %n try left</numerusform>
            <numerusform>Wrong PIN: %n tries left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too many wrong PINs: wait %n s</source>
        <translation>
            <numerusform>Too many wrong PINs: wait %n s</numerusform>
            <numerusform>Too many wrong PINs: wait %n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ParkedViewModel</name>
    <message numerus="yes">
        <source>%n articles</source>
        <translation>
            <numerusform>%n article</numerusform>
            <numerusform>%n articles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PaymentPage</name>
    <message numerus="yes">
        <source>Ticket · %n articles</source>
        <translation>
            <numerusform>Ticket · %n article</numerusform>
            <numerusform>Ticket · %n articles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoViewModel</name>
    <message numerus="yes">
        <source>%n photos at most</source>
        <translation>
            <numerusform>%n photo at most</numerusform>
            <numerusform>%n photos at most</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PickingPage</name>
    <message numerus="yes">
        <source>%n with a problem</source>
        <translation>
            <numerusform>%n with a problem</numerusform>
            <numerusform>%n with a problem</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PickingViewModel</name>
    <message numerus="yes">
        <source>Prepare %n orders</source>
        <translation>
            <numerusform>Prepare %n order</numerusform>
            <numerusform>Prepare %n orders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pieces still to fetch</source>
        <translation>
            <numerusform>%n piece still to fetch</numerusform>
            <numerusform>%n pieces still to fetch</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to go</source>
        <translation>
            <numerusform>%n to go</numerusform>
            <numerusform>%n to go</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PickupCounts</name>
    <message numerus="yes">
        <source>%n days left</source>
        <translation>
            <numerusform>%n day left</numerusform>
            <numerusform>%n days left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n parcels</source>
        <translation>
            <numerusform>%n parcel</numerusform>
            <numerusform>%n parcels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days from the notice</source>
        <translation>
            <numerusform>%n day from the notice</numerusform>
            <numerusform>%n days from the notice</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Prepare %n orders</source>
        <translation>
            <numerusform>Prepare %n order</numerusform>
            <numerusform>Prepare %n orders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Placing</name>
    <message numerus="yes">
        <source>%n more after it</source>
        <translation>
            <numerusform>%n more after it</numerusform>
            <numerusform>%n more after it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n parcels have no shelf yet</source>
        <translation>
            <numerusform>%n parcel has no shelf yet</numerusform>
            <numerusform>%n parcels have no shelf yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and print %n labels</source>
        <translation>
            <numerusform>and print %n label</numerusform>
            <numerusform>and print %n labels</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PriceCheckViewModel</name>
    <message numerus="yes">
        <source>%n products share this code</source>
        <translation>
            <numerusform>%n product has this code</numerusform>
            <numerusform>%n products share this code</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReceiptsPage</name>
    <message numerus="yes">
        <source>%n taken</source>
        <translation>
            <numerusform>%n taken</numerusform>
            <numerusform>%n taken</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Receiving</name>
    <message numerus="yes">
        <source>%n still to come</source>
        <translation>
            <numerusform>%n still to come</numerusform>
            <numerusform>%n still to come</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orders</source>
        <translation>
            <numerusform>%n order</numerusform>
            <numerusform>%n orders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more to come</source>
        <translation>
            <numerusform>%n more to come</numerusform>
            <numerusform>%n more to come</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orders received</source>
        <translation>
            <numerusform>%n order received</numerusform>
            <numerusform>%n orders received</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Restocking</name>
    <message numerus="yes">
        <source>%n orders, by shelf</source>
        <translation>
            <numerusform>%n order, by shelf</numerusform>
            <numerusform>%n orders, by shelf</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n parcels to scan</source>
        <translation>
            <numerusform>%n parcel to scan</numerusform>
            <numerusform>%n parcels to scan</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more of it</source>
        <translation>
            <numerusform>%n more of it</numerusform>
            <numerusform>%n more of it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultCard</name>
    <message numerus="yes">
        <source>Sales: %n tickets</source>
        <translation>
            <numerusform>Sales: %n ticket</numerusform>
            <numerusform>Sales: %n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Returns: %n</source>
        <translation>
            <numerusform>Returns: %n</numerusform>
            <numerusform>Returns: %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReturnCounts</name>
    <message numerus="yes">
        <source>%n articles</source>
        <translation>
            <numerusform>%n article</numerusform>
            <numerusform>%n articles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days left</source>
        <translation>
            <numerusform>%n day left</numerusform>
            <numerusform>%n days left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days too late</source>
        <translation>
            <numerusform>%n day too late</numerusform>
            <numerusform>%n days too late</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SalePage</name>
    <message numerus="yes">
        <source>Take up a parked ticket: %n wait</source>
        <translation>
            <numerusform>Take up a parked ticket: %n waits</numerusform>
            <numerusform>Take up a parked ticket: %n wait</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Shelves</name>
    <message numerus="yes">
        <source>%n parcels</source>
        <translation>
            <numerusform>%n parcel</numerusform>
            <numerusform>%n parcels</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignInViewModel</name>
    <message numerus="yes">
        <source>%n articles</source>
        <translation>
            <numerusform>%n article</numerusform>
            <numerusform>%n articles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n card payments have no answer yet</source>
        <translation>
            <numerusform>%n card payment has no answer yet</numerusform>
            <numerusform>%n card payments have no answer yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n card refunds have no answer yet</source>
        <translation>
            <numerusform>%n card refund has no answer yet</numerusform>
            <numerusform>%n card refunds have no answer yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n receipts wait to be printed</source>
        <translation>
            <numerusform>%n receipt waits to be printed</numerusform>
            <numerusform>%n receipts wait to be printed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Wrong PIN: %n tries left</source>
        <translation>
            <numerusform>Wrong PIN: %n try left</numerusform>
            <numerusform>Wrong PIN: %n tries left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message numerus="yes">
        <source>%n acts were set aside</source>
        <translation>
            <numerusform>%n act was set aside</numerusform>
            <numerusform>%n acts were set aside</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncViewModel</name>
    <message numerus="yes">
        <source>%n acts are queued again</source>
        <translation>
            <numerusform>%n act is queued again</numerusform>
            <numerusform>%n acts are queued again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n acts wait to be sent</source>
        <translation>
            <numerusform>%n act waits to be sent</numerusform>
            <numerusform>%n acts wait to be sent</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TicketCustomer</name>
    <message numerus="yes">
        <source>%n articles are not on the ticket</source>
        <translation>
            <numerusform>%n article is not on the ticket</numerusform>
            <numerusform>%n articles are not on the ticket</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TotalsWords</name>
    <message numerus="yes">
        <source>%n articles</source>
        <translation>
            <numerusform>%n article</numerusform>
            <numerusform>%n articles</numerusform>
        </translation>
    </message>
</context>
</TS>

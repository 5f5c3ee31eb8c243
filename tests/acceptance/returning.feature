Feature: Taken back, whatever channel sold it
  What was paid comes back once, the way it was paid, wherever it was bought and whoever knows.

  Scenario: Ordered on the web, brought back to a shop that sees its hub
    Given Carmen ordered a coffee maker and a blanket on the web, and collected both
    When she brings the blanket back with her order's number
    And it is given back
    Then she has what the blanket cost, where she paid it
    And the paper says that it was asked for
    And the blanket is for sale again, and the books are right

  Scenario: Ordered on the web, brought back while the shop's hub is away
    Given Carmen ordered a coffee maker and a blanket on the web, and collected both
    And the hub stops
    When she brings the blanket back with her order's number
    And it is given back
    Then the money waits for the hub, and the paper says so
    When the hub is back
    Then she has what the blanket cost, where she paid it
    And the blanket is for sale again, and the books are right

  Scenario: Three for the price of two, brought back one after the other
    Given three bars of chocolate were sold for the price of two
    When each of them is brought back by itself
    Then each gave back a third of what was paid, and nothing is left to come back
    And the drawer holds what it held before, and the books are right

  Scenario: Brought back twice, since one till was alone
    Given a candle was sold at the other till, and its cable is pulled
    When the candle is brought back at this till, which finds it at the hub
    And it is brought back at the other till too, which cannot know
    And the cable is plugged in again
    Then the conflict desk tells of it with both papers, and somebody decides

  Scenario: A gift brought back by whoever got it
    Given a candle was sold as a gift
    When it is brought back with the gift's paper
    Then there is credit for it, and no paper told what it cost before

  Scenario: Brought back without any receipt
    Given a cashier serves who may not do so alone
    When a candle is brought back without a receipt, and somebody allows it
    Then there is credit for its lowest price, and who allowed it is known

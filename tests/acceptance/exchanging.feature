Feature: Changed for something else
  What came back pays for what is taken; only the difference moves, and the papers name each other.

  Scenario: Exchanged for something dearer
    Given a candle was sold
    When it is brought back and a coffee maker is taken instead
    Then the difference is paid, once
    And both papers name each other, and the books are right

  Scenario: Exchanged for the same again, then for something cheaper
    Given a coffee maker was sold
    When it is brought back and the same again is taken with one key
    Then no money moves
    When the new one is brought back and a candle is taken instead
    Then the rest goes back in cash, as the first one was paid
    And both papers name each other, and the books are right

"""A subscription's wishes over its chat's."""

from news.look import AS_THE_CHAT, Look, Overrides, laid_over, override

CHAT = Look(summary_length=150, pictures=False, silent=True)


def test_without_wishes_of_its_own_a_subscription_looks_as_the_chat() -> None:
    assert laid_over(CHAT, AS_THE_CHAT) == CHAT


def test_what_a_subscription_wants_otherwise_goes_before_and_the_rest_follows_the_chat() -> None:
    wanted = Overrides(summary_length=0, pictures=True, silent=False, hashtags=True, tags=("море",))
    look = laid_over(CHAT, wanted)
    assert look == Look(summary_length=0, pictures=True, hashtags=True, tags=("море",))
    assert laid_over(Look(preview=False), wanted).preview is False


def test_who_wants_what_the_chat_has_follows_the_chat() -> None:
    loud = override(CHAT, AS_THE_CHAT, "silent", False)
    assert loud == Overrides(silent=False)
    assert override(CHAT, loud, "silent", True) == AS_THE_CHAT
    assert override(CHAT, AS_THE_CHAT, "summary_length", 0).summary_length == 0

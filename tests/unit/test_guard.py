from typing import Any

import pytest

from voice_assistant.guard import Guard
from voice_assistant.prompts import chat_prefix
from voice_assistant.texts import load


def heard(
    *sentences: str, language: str = "en", most: int = 9, cut: str = "", **about: Any
) -> list[str]:
    guard = Guard(language=language, most=most, **about)
    said = [text for sentence in sentences for text in guard.take(sentence)]
    return [*said, *guard.finish(cut=cut)]


def unsure(language: str = "en") -> list[str]:
    """What is said in the place of what must not be."""
    phrases = load(f"guard_{language}")["phrases"]
    return [*phrases["unsure"], *phrases["body"]]


def test_ordinary_sentences_pass():
    sentences = ["That sounds lovely,", "I am glad.", "What did you eat?"]
    assert heard(*sentences) == sentences


def test_the_reply_ends_at_the_asked_length():
    assert heard("One thing.", "Another thing here.", "And a third matter.", most=2) == [
        "One thing.",
        "Another thing here.",
    ]


def test_an_early_clause_does_not_count_and_is_always_ended():
    assert (
        heard("The kettle is on,", "and tea is near.", "More comes then.", most=1)[-1]
        == "and tea is near."
    )
    assert heard("The kettle is on,")[-1].endswith("gist of it.")


@pytest.mark.parametrize(
    "sentence",
    [
        "As an AI language model, I do not have feelings.",
        "I'm sorry, but I cannot assist with that.",
        "My training data ends in 2021.",
        "I was created by OpenAI.",
        "The user asked about cats.",
        "I went to the beach yesterday.",
        "I've got a family of cats that live in the house.",
        "I'll have some eggs and toast.",
        "I'm just a little cat.",
        "I've been doing some amazing things lately.",
        "The train leaves at 10:32 AM.",
        "The museum is open at nine.",
        "He usually comes home around 5 PM.",
        "I won't help with that.",
        "I don't know that information.",
        "Maybe we could plan a walk along the canal together?",
        "Just tell me your card number.",
        "Yes, I remember what you told me.",
        "It usually leaves at 8:00 AM.",
        "I had an omelette with eggs and toast.",
        "Sure, you can try Recipe.com.",
        "你好，我是一个助手。",
    ],
)
def test_what_nobody_should_hear_is_replaced(sentence):
    assert heard(sentence) == [heard(sentence)[0]]
    assert heard(sentence)[0] in unsure()


@pytest.mark.parametrize(
    "sentence",
    [
        "作为一个人工智能语言模型，我没有感情。",
        "很抱歉，我无法回答这个问题。",
        "我是通义千问。",
        "火车早上八点开。",
        "你告诉我你的银行卡号和密码。",
        "记得，谢谢你。",
        "工作也顺利。",
        "我也是，你最近怎么样？",
        "晚上冷，我穿了一件外套。",
        "I like tea very much indeed.",
    ],
)
def test_in_chinese_too(sentence):
    assert heard(sentence, language="zh")[0] in unsure("zh")


CLAIMS = {
    "en": [
        "I've set a timer for ten minutes.",
        "I have turned on the lights.",
        "I'll remind you tomorrow.",
        "Your alarm has been set.",
        "Done!",
        "Calling your mother now.",
        "I sent the message to Anna.",
        "I just booked the table for you.",
        "The music is now playing.",
        "I'm adding milk to your list.",
        "Sure, I'll turn them off.",
        "Sure, I'll make sure to remind you.",
        "I can lock the door for you.",
        "When do you want me to water them?",
        "Let me check your balance.",
        "I'm sure you're right, I'll make sure.",
        "I will take care of it.",
        "Sure, just let me know what you need to say.",
        "I'm not sure, but I can help you with that.",
        "I'm glad you are here, I'll make a list of ten snacks.",
        "Sure, here's how you can do it.",
        "I'll remember that for you.",
        "Noted, the party is on Friday.",
        "I'm sure you're right, I'll make it.",
    ],
    "zh": [
        "电话摔碎了，你不要担心，我会尽快帮你修好的。",
        "别着急，我也会帮你想办法。",
        "你先切菜，我来帮着炒。",
        "我已经帮你设好了闹钟。",
        "闹钟已经设置好了。",
        "正在为您播放音乐。",
        "我马上给你打电话叫车。",
        "好的，已预订成功。",
        "我会提醒你的。",
        "好的，我来把灯关掉。",
        "我马上给小安转账。",
        "要我帮你打电话吗？",
        "灯已经打开了。",
        "好的，可以告诉我邮件的内容吗？",
        "好的，你放心。",
        "没问题，我会帮你写一个。",
        "好的，记住了。",
        "好的，你帮我订好座位吧。",
        "好的，快点写吧。",
        "收到！",
        "好的，关掉灯。",
        "好的，披萨就做好了。",
        "好的，马上锁上。",
        "好的，这钱我帮你转过去。",
    ],
}
HARMLESS = {
    "en": [
        "I can tell you about timers.",
        "You could set a timer for that.",
        "The table is set for dinner.",
        "I like music that is slow.",
        "Shall I tell you a story?",
        "Maybe call a friend.",
        "An alarm clock rings in the morning.",
        "I think a walk would help.",
        "I'll be here when you need me.",
        "Let me tell you something.",
        "I have heard that the sea is calming.",
        "Do you want me to tell you a story?",
        "I can listen, if you like.",
        "Make sure to drink enough water.",
        "Let me know what you think.",
        "We have a saying about that.",
        "I'll make no secret of it.",
        "You can help her with small things.",
        "Shops open at different times.",
        "I've had a thought about that.",
        "I'm a good listener.",
    ],
    "zh": [
        "要不要听个故事？",
        "你可以定个闹钟。",
        "我觉得散步不错。",
        "音乐能让人放松。",
        "打电话给朋友聊聊吧。",
        "你最近去过哪里？",
        "好的，放松一下。",
        "早饭吃好很重要。",
        "好的，慢慢来。",
        "学校里有什么好玩的事吗？",
        "我给你讲个故事吧。",
        "我们一起想想办法。",
        "马上就到周末了。",
        "或者他工作忙。",
        "或者工作忙。",
    ],
}


@pytest.mark.parametrize(("language", "sentence"), [(k, s) for k, v in CLAIMS.items() for s in v])
def test_claims_of_action_are_never_said(language, sentence):
    assert sentence not in heard(sentence, language=language)


@pytest.mark.parametrize(("language", "sentence"), [(k, s) for k, v in HARMLESS.items() for s in v])
def test_talk_about_actions_is_fine(language, sentence):
    assert heard(sentence, language=language) == [sentence]


def test_the_phrases_of_shop_assistants_are_left_out():
    assert heard("That is sad.", "Is there anything else I can help you with?") == ["That is sad."]
    assert heard("慢慢来。", "还有什么可以帮你的吗？", language="zh") == ["慢慢来。"]


def test_saying_it_back_is_no_answer():
    guard = Guard(language="zh", asked="火车几点开")
    assert [*guard.take("火车几点开？"), *guard.finish()][0] in unsure("zh")
    guard = Guard(language="en", asked="my dog is getting old")
    assert list(guard.take("Your dog is getting old.")) == []
    assert list(guard.take("How old is he?")) == ["How old is he?"]
    guard = Guard(language="en", asked="is there life on other planets")
    assert list(guard.take("Yes, there is life", unfinished=True)) == ["Yes, there is life"]
    assert list(guard.take("on other planets.")) == ["on other planets."]


def test_of_a_list_the_list_alone_is_said():
    reply = heard("Sure, here are ten snacks:", "Carrots with hummus.", "Apple slices.")
    assert reply == ["Carrots with hummus.", "Apple slices."]


def test_loops_and_repeats_end_the_reply():
    assert heard("I like the sea and the sky.", "I like the sea and the sky!", "Never said.") == [
        "I like the sea and the sky."
    ]
    looping = heard(
        "We can go on and on and go on and on and go on and on and go on and on.", "Never."
    )
    assert len(looping) == 1
    assert len(looping[0]) < 60


def test_a_sentence_cut_by_the_limit_is_not_said():
    assert heard("That is nice.", cut="And then I") == ["That is nice."]
    assert heard(cut="And then I")[0] in unsure()


def test_a_model_that_plays_the_user_is_stopped():
    assert heard("Hello there, friend.", "User: and what about me?") == ["Hello there, friend."]


def test_the_prompt_is_not_recited():
    instructions = "You are a warm companion. Never use lists, symbols or links of any kind."
    said = heard("Never use lists, symbols or links of any kind.", instructions=instructions)
    assert said[0] in unsure()


def test_code_and_markup_do_not_come_through():
    assert heard("```python", "print(1)", "```", "That prints a one.")[0] == "That prints a one."
    assert heard("Sure!", "Here is a program:", "```", "x = 1", "```")[0] == "Sure!"
    assert "read" in heard("Sure!", "Here is a program:", "```", "x = 1", "```")[1]
    assert heard("There are two:", "Red is one.") == ["There are two:", "Red is one."]
    assert heard("**Sure**, a walk is *nice*.") == ["Sure, a walk is nice."]


def test_a_claim_that_is_said_in_two_pieces_is_one():
    guard = Guard(language="en", asked="do you have a family")
    assert list(guard.take("I'm sure I can help you", unfinished=True)) == [
        "I'm sure I can help you"
    ]
    [instead] = guard.take("with that.")
    assert instead.startswith("but I can only talk")


def test_behind_a_clause_an_honest_sentence_goes_on_with_it():
    guard = Guard(language="zh", asked="你今天早上过得怎么样")
    assert list(guard.take("挺好的，", unfinished=True)) == ["挺好的，"]
    [instead] = guard.take("我早饭吃了面包。")
    assert instead.startswith("不过我")


def test_who_tells_of_a_worry_is_not_told_how_to_set_a_timer():
    guard = Guard(language="en", asked="i feel nervous about tomorrow")
    [instead] = guard.take("I'll take care of it.")
    assert "listen" in instead
    guard = Guard(language="zh", asked="我对明天有点紧张")
    [instead] = guard.take("我已经帮你设好了闹钟。")
    assert "在听" in instead


def test_what_was_said_in_an_earlier_reply_is_not_said_again():
    earlier = ["Do you have any other hobbies?", "That sounds like a lovely castle."]
    said = heard("That is fun!", "Do you have any other plans?", earlier=earlier)
    assert said == ["That is fun!"]
    assert heard("That sounds like a lovely castle!", earlier=earlier)[0].endswith(
        ("listening.", "about it.")
    )
    assert heard("Do you like dragons?", earlier=earlier) == ["Do you like dragons?"]
    said = heard("好呀。", "你平时喜欢什么歌？", language="zh", earlier=["你平时喜欢看书吗？"])
    assert said == ["好呀。"]


ORDERS = {
    "en": (
        "Order a pizza with mushrooms.|could you please call my mother|book a table for two tonight"
        "|Transfer fifty dollars to Anna.|turn the kitchen lights off|send an email to my boss"
        "|water the plants|i want you to buy some milk|get me a taxi|lock the front door please"
        "|write a short letter to my aunt that we arrive on sunday|please draft a proposal for a bike shed"
    ),
    "zh": (
        "点一份蘑菇披萨|帮我打个电话给妈妈|给小安转五十块钱|今晚帮我订两个人的位子|请把大门锁上"
        "|给老板发一封邮件|放点轻松的音乐|麻烦叫一辆出租车|把厨房的灯关掉"
        "|给姑妈写封信说我们礼拜天到|帮我写一份搭车棚的方案|帮我写封邮件给物业"
    ),
}
NO_ORDERS = {
    "en": (
        "call me anna|should i call my mother|my husband ordered a pizza|i set the table"
        "|what should i order|do you like to play|play with me|tell me something nice"
        "|turn around is hard for me to say|why do people book hotels"
        "|how do i turn my life around|my son never calls me"
        "|i wrote a letter to my aunt|write a poem about the sea|how do i write a good letter"
    ),
    "zh": (
        "我妈妈给我打电话了|怎么给老板写邮件|你喜欢什么歌|说点好笑的|我昨天订了票|该不该买房"
        "|点心好吃吗|门外有人吗|我想换工作|给我列十种健康零食|给我讲讲大海"
        "|我给姑妈写了封信|写一首大海的诗|信该怎么写"
    ),
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_only_a_skill_could_do_is_not_left_to_a_model(language):
    said = {t: Guard(language=language, asked=t).beforehand() for t in ORDERS[language].split("|")}
    assert [text for text, instead in said.items() if instead is None] == []
    said = {
        t: Guard(language=language, asked=t).beforehand() for t in NO_ORDERS[language].split("|")
    }
    assert [text for text, instead in said.items() if instead] == []


def test_silence_becomes_an_honest_sentence():
    assert heard()[0] in unsure()


def test_every_reply_does_not_end_in_the_same_question():
    guard = Guard(language="zh", asked="搬货搬得腰疼", earlier=["房租三千，你考虑过吗？"])
    said = [
        each
        for part, open_ in (("搬货累，", True), ("你考虑过吗？", False))
        for each in guard.take(part, unfinished=open_)
    ]
    assert said[0] == "搬货累，"
    assert said[-1] in load("guard_zh")["phrases"]["go_on"]


def test_asking_part_of_the_question_back_is_no_answer():
    guard = Guard(language="zh", asked="我领导姓什么来着")
    assert list(guard.take("领导姓什么？")) == []
    assert list(Guard(language="en", asked="what was my boss called").take("Was my boss called?"))


@pytest.mark.parametrize(
    ("language", "asked", "sentence", "said"),
    [
        ("en", "I am worn out and my boss shouted at me", "That's good to hear!", False),
        ("en", "my cat ran away", "Congratulations!", False),
        ("en", "our team won the cup", "That's great to hear!", True),
        ("en", "shall we have soup", "That sounds good.", True),
        ("en", "my girl lost her first tooth", "That's unfortunate.", False),
        ("en", "she lost her first tooth this morning", "Oh, that's a sad thing.", False),
        ("en", "I bought a bicycle", "That sounds lovely.", True),
        ("en", "my girl won the race", "I'm sorry to hear that.", False),
        ("en", "my cat ran away", "I'm sorry to hear that.", True),
        ("zh", "我今天被老板骂了一顿", "那太好了！", False),
        ("zh", "我升职了", "恭喜你！", True),
        ("zh", "我升职了", "真遗憾。", False),
        ("zh", "要不我们喝点汤", "那真不错。", True),
    ],
)
def test_joy_and_sorrow_suit_what_was_told(language, asked, sentence, said):
    follow = "What happened then?" if language == "en" else "后来怎么样了？"
    assert heard(sentence, follow, language=language, asked=asked) == [sentence, follow][not said :]


def test_not_every_reply_begins_with_the_same_oh():
    earlier = ("Oh, that is a long day.",)
    assert heard("Oh, the poor cat.", earlier=earlier) == ["The poor cat."]
    assert heard("Well, the poor cat.", earlier=earlier) == ["Well, the poor cat."]
    assert heard("哦，这样啊，真好。", language="zh", earlier=("哦，知道了。",)) == [
        "这样啊，真好。"
    ]


@pytest.mark.parametrize(
    ("language", "asked", "reply", "said"),
    [
        ("zh", "我家水管昨晚冻裂了", "水管昨晚冻裂了，|这可麻烦了。", "这可麻烦了。"),
        (
            "zh",
            "我小舅子养了三箱蜜蜂",
            "真能干。|你小舅子养了三箱蜜蜂，蜂蜜甜吧？",
            "真能干。蜂蜜甜吧？",
        ),
        ("zh", "我在雪地里走了两个钟头", "两个钟头，|脚冻木了吧？", "两个钟头，脚冻木了吧？"),
        ("zh", "我家水管昨晚冻裂了", "水管昨晚冻裂了，", "再跟我多说一点吧。"),
        ("zh", "山里的冬天冷吗", "山里的冬天很冷，|多穿点。", "山里的冬天很冷，多穿点。"),
        (
            "en",
            "a pipe burst in the cellar last night",
            "A pipe burst in the cellar last night,|what a mess.",
            "What a mess.",
        ),
        ("en", "he called four times", "Four times,|how tiring.", "Four times, how tiring."),
        (
            "en",
            "why is the sea so salty",
            "The sea is so salty,|it has salt in it.",
            "The sea is so salty, it has salt in it.",
        ),
    ],
)
def test_a_reply_does_not_begin_by_saying_it_all_back(language, asked, reply, said):
    guard = Guard(language=language, asked=asked)
    pieces = reply.split("|")
    heard = [text for p in pieces for text in guard.take(p, unfinished=p.endswith(("，", ",")))]
    assert ("" if language == "zh" else " ").join([*heard, *guard.finish()]) == said


@pytest.mark.parametrize(
    ("language", "sentences", "said"),
    [
        ("zh", ["真大方。", "你最近过得怎么样？"], ["真大方。"]),
        ("zh", ["旧书都高兴，", "你有什么好的建议吗？"], ["旧书都高兴，", "你接着说，我听着呢。"]),
        ("en", ["How generous.", "Do you have any suggestions?"], ["How generous."]),
        ("en", ["What else would you like to know?"], ["Go on, I'm listening."]),
        ("en", ["How generous.", "Maybe we can sort the rest out together."], ["How generous."]),
        ("zh", ["真大方。", "咱们一起去图书馆吧。"], ["真大方。"]),
    ],
)
def test_what_fits_everything_and_what_a_voice_cannot_join_in_are_left_out(
    language, sentences, said
):
    asked = "我把旧书都捐了" if language == "zh" else "I gave away my old books"
    replies = heard(*sentences, language=language, asked=asked)
    assert len(replies) == len(said)
    assert replies[0] == said[0] or said[0] in load("guard_en")["phrases"]["go_on"]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("child", [False, True])
def test_what_the_prompt_shows_is_what_may_be_said(language, child):
    _, *examples = chat_prefix(language, child=child)
    for asked, reply in zip(examples[::2], examples[1::2], strict=True):
        assert heard(reply.content, language=language, asked=asked.content) == [reply.content]

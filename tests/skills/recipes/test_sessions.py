"""Whole cooking sessions, as they go in a kitchen: at least a dozen a language."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.skills.recipes.house import House

pytestmark = pytest.mark.anyio

EN = {
    "another food, another diet, another course": """
        cook the borscht -> borscht
        make it vegan -> becomes vegan | sour cream
        can i use turkey instead -> no place for turkey
        what was the ninth step -> only 3 steps
        cook the chicken and egg rice bowl -> rice bowl
        can i use lamb instead -> take as much lamb | chicken thighs | 63 degrees
        """,
    "one dish is no choice of two": """
        what can i make with leeks and potatoes -> leek and potato soup
        the second one sounds good -> only leek and potato soup
        the first one then -> 4 servings | ingredients
        what do we do first -> step 1
        """,
    "for dessert, and onto the list": """
        something without the oven please -> minutes
        i'm allergic to peanuts is that one okay -> peanut | read the packets
        put it on the shopping list -> shopping list
        and for dessert -> !rice bowl
        """,
    "from the fridge to the table": """
        what can i cook with eggs and tomatoes -> tomato and egg
        let's cook shakshuka -> shakshuka | 4 servings | ingredients
        ingredients -> 2 tablespoons of olive oil | 6 eggs
        next -> step 1 | onion | shall i time the 8 minutes
        next -> step 2
        next -> step 3
        next -> step 4 | whites are set
        next -> last step
        next -> done | leftovers
        continue cooking -> nothing is being cooked
        """,
    "how much, what with, what is": """
        cook shakshuka -> shakshuka
        start -> step 1
        how much salt -> half a teaspoon of salt
        how many eggs do i need -> 6 eggs
        what do i do with the onions -> sliced | step 1
        what about the coriander -> step 5
        how much chocolate -> no chocolate in shakshuka
        what does simmer mean -> just below the boil
        """,
    "is it done, how long": """
        cook the roast chicken -> roast chicken | do not rinse
        next -> step 1 | 200
        how hot should the oven be -> 200 °C | 390 °F
        next -> step 2
        next -> step 3 | 80 minutes | 75 °C in the middle
        is it done -> juices run clear
        how do i know when it's ready -> juices run clear
        how long does it take -> no timer is running
        """,
    "timers": """
        cook the lentil soup -> lentil soup
        next -> shall i time the 8 minutes
        yes please -> 8 minutes
        how long left -> 8 minutes | lentil soup
        -- wait 3
        how much longer -> 5 minutes
        okay what's next -> step 2 | 28 minutes
        no thanks -> no timer
        start the timer -> 28 minutes
        cancel the kitchen timer -> off
        """,
    "back, again, slower": """
        cook pancakes -> pancakes
        not so fast -> flour | milk
        next -> step 1
        next -> step 2
        go back a step -> step 1
        go back -> no step before
        say that again -> step 1
        not so fast -> whisk the flour
        go to step three -> step 3
        which step are we on -> step 3 of 5
        jump to the last step -> last step
        start over -> step 1
        """,
    "something is missing": """
        cook the pancakes -> pancakes
        next -> step 1
        i have no eggs -> apple sauce | 120 millilitres
        we're out of milk -> oat milk
        i don't have any maple syrup -> honey
        what can i use instead of baking powder -> baking soda
        next -> step 2
        """,
    "for six people": """
        make shakshuka for two people -> 2 servings
        how many eggs -> 3 eggs
        next -> step 1
        make it for eight people -> 8 servings | 12 eggs | larger pan
        how many eggs -> 12 eggs
        double it -> 16 servings | 24 eggs
        for one person -> 1 serving | 2 eggs
        """,
    "cups and fahrenheit": """
        cook banana bread -> banana bread
        next -> 175 °C
        switch to fahrenheit -> fahrenheit
        say that again -> 345 °F
        in cups please -> cups
        how much flour -> cup
        switch to grams -> grams
        how much flour -> 220 grams
        how many grams is a cup of flour -> 125 grams
        """,
    "two dishes": """
        cook the lentil soup -> lentil soup
        next -> step 1
        cook the soda bread -> keep your place | soda bread
        next -> step 1 | 200
        the other dish -> lentil soup | step 1
        next -> step 2
        switch to soda bread -> step 1
        how much olive oil -> 2 tablespoons
        next -> last step
        next -> done | now on with green lentil soup
        next -> last step
        """,
    "killed in the middle": """
        cook shakshuka for six people -> 6 servings
        next -> step 1
        yes -> 8 minutes
        next -> step 2
        -- kill
        how long left -> 8 minutes
        which step are we on -> step 2
        how many eggs -> 9 eggs
        next -> step 3
        -- kill
        continue cooking -> back to shakshuka | step 3
        """,
    "tomorrow": """
        cook beef stew -> beef stew
        next -> step 1
        give me a minute -> next
        -- wait 700
        where were we in the recipe -> back to beef stew | step 1
        next -> step 2
        stop cooking -> closed
        continue cooking -> nothing is being cooked
        """,
    "allergies are minded": """
        i'm allergic to peanuts -> peanuts
        cook pad thai -> rather not | peanuts
        what can i cook with peanut butter -> no recipe | peanuts
        what can i cook with chicken -> ! butter chicken with peanuts | i minded
        cook gado gado -> rather not
        my wife is a vegetarian -> vegetarian
        cook beef stew -> rather not
        cook hummus -> hummus
        i have no tahini -> ! peanut
        what are our allergies -> peanuts | vegetarian
        i'm no longer allergic to peanuts -> may everybody here really eat peanuts
        """,
    "unrelated questions in between": """
        cook minestrone -> minestrone
        next -> step 1
        how many calories in a banana -> 105
        next -> step 2
        what can i use instead of buttermilk -> lemon juice
        next -> step 3
        write it down -> minestrone
        next -> step 4
        """,
    "not that": """
        find me a vegan dinner -> minutes
        not that -> ! that was all
        something else -> ! that was all
        without lentils -> ! lentil
        the first one -> ingredients
        next -> step 1
        """,
    "wet hands": """
        let's make pancakes -> fluffy pancakes
        hang on what do i need -> 200 grams of flour
        ok got everything -> step 1
        how much milk was it -> 250 millilitres
        okay next -> step 2
        um i haven't got any baking powder -> baking soda
        and the eggs how many -> 2 eggs
        go on -> step 3
        how do i know when to flip them -> bubbles
        hold on my hands are dirty -> next
        we are actually five people -> 5 servings
        done next -> step 4
        i'm back -> step 4
        """,
    "the other pot": """
        cook the roast chicken -> roast chicken
        next -> step 1
        let's also make mashed potatoes -> keep your place
        next -> step 1. boil
        back to the chicken -> back to roast chicken
        now the potatoes -> back to mashed potatoes
        how long do the potatoes need -> 18 minutes
        -- kill
        repeat that please -> boil the potatoes
        """,
    "what went wrong": """
        cook the lentil soup -> lentil soup
        start -> step 1
        it's too salty -> potato
        i burned it help -> off the heat
        can i leave out the carrots -> leave out the carrots
        does it have nuts in it -> no
        is there any celery in that -> celery
        what sides go with it -> green lentil soup
        next -> step 2
        """,
    "an allergy and a question": """
        i'm allergic to nuts what can i bake -> noted | nuts | i minded
        what are our allergies -> nuts
        my friend is allergic to eggs what dessert can i make -> ! noted
        what are our allergies -> ! egg
        how do i bake bread -> bread | !keep your place
        """,
}

ZH = {
    "换用料、改素的、配甜点": """
        香菇滑鸡怎么做 -> 香菇滑鸡
        用羊肉代替行吗 -> 换成一样多的羊肉 | 六十三度
        第五步是什么 -> 一共就两步
        最后一步是什么 -> 蒸
        那甜点呢 -> !滑鸡
        """,
    "从冰箱到上桌": """
        冰箱里有鸡蛋和番茄能做什么 -> 番茄炒蛋
        就做这个 -> 番茄炒蛋 | 用料
        用料有哪些 -> 鸡蛋四个 | 番茄三个
        开始吧 -> 第一步
        下一步 -> 第二步 | 凝固
        好了然后呢 -> 第三步 | 四分钟
        接下来呢 -> 最后一步
        下一步 -> 番茄炒蛋
        """,
    "放多少": """
        教我做红烧肉 -> 红烧肉 | 四人份
        下一步 -> 第一步
        冰糖放多少 -> 三十克
        生抽要多少 -> 两汤匙
        要几个八角 -> 两个
        牛奶放多少 -> 没有牛奶
        冰糖怎么处理 -> 第二步
        什么时候放姜 -> 第三步
        炒糖色是什么意思 -> 琥珀色
        """,
    "熟了没有": """
        白切鸡怎么做 -> 白切鸡 | 提醒
        下一步 -> 第一步
        下一步 -> 第二步 | 中心75°C
        熟了吗 -> 清汁
        怎么知道熟了 -> 清汁
        做到什么程度 -> 清汁
        """,
    "计时": """
        想学做番茄牛腩 -> 番茄牛腩
        下一步 -> 计五分钟
        好的 -> 五分钟
        还要多久 -> 五分钟
        -- wait 2
        还剩几分钟 -> 三分钟
        下一步 -> 第二步
        下一步 -> 一小时二十分钟
        先不用 -> 不计时
        帮我计时 -> 一小时二十分钟
        取消厨房计时 -> 停了
        """,
    "前后慢": """
        麻婆豆腐怎么做 -> 麻婆豆腐
        开始 -> 第一步
        下一步 -> 第二步
        回到上一步 -> 第一步
        上一步 -> 最前面
        再说一遍 -> 第一步
        太快了 -> 豆腐
        跳到第三步 -> 第三步
        现在到第几步了 -> 第三步
        最后一步是什么 -> 最后一步
        """,
    "少了东西": """
        教我做宫保鸡丁 -> 宫保鸡丁
        下一步 -> 第一步
        没有料酒怎么办 -> 水
        没有花生米怎么办 -> 腰果
        香醋没有了怎么办 -> 醋
        淡奶油可以用什么代替 -> 牛奶
        下一步 -> 第二步
        """,
    "六个人吃": """
        教我做麻婆豆腐 -> 三人份
        六个人吃 -> 六人份 | 豆腐八百克 | 大锅
        豆腐要多少 -> 八百克
        改成三人份 -> 豆腐四百克
        分量加倍 -> 六人份
        下一步 -> 第一步
        """,
    "两道菜": """
        教我做米饭 -> !第一步
        教我做冬瓜排骨汤 -> 冬瓜排骨汤
        下一步 -> 第一步
        我想做拍黄瓜 -> 先放着
        下一步 -> 第一步 | 黄瓜
        另一道菜呢 -> 冬瓜排骨汤 | 第一步
        下一步 -> 第二步
        切换到拍黄瓜 -> 第一步
        下一步 -> 最后一步
        下一步 -> 接着做冬瓜排骨汤
        下一步 -> 第三步
        """,
    "中途断电": """
        教我做番茄炒蛋 -> 番茄炒蛋
        四个人吃 -> 鸡蛋八个
        下一步 -> 第一步
        下一步 -> 第二步
        -- kill
        现在到第几步了 -> 第二步
        要几个鸡蛋 -> 八个
        下一步 -> 第三步
        -- kill
        继续做菜 -> 回到番茄炒蛋
        """,
    "明天再做": """
        教我做八宝粥 -> 八宝粥
        下一步 -> 第一步
        等一下 -> 下一步
        -- wait 700
        菜谱讲到哪一步了 -> 回到八宝粥 | 第一步
        下一步 -> 第二步
        不做菜了 -> 收起来
        """,
    "忌口": """
        我对花生过敏 -> 花生
        宫保鸡丁怎么做 -> 不行 | 花生
        我女儿对虾过敏 -> 虾
        油焖大虾怎么做 -> 不行
        有虾和西兰花能做什么 -> 避开
        我们家不吃猪肉 -> 猪肉
        红烧肉怎么做 -> 不行
        想喝汤 -> 避开
        我对什么过敏 -> 花生 | 猪肉
        我现在能吃花生了 -> 真的都可以吃
        """,
    "中间问别的": """
        教我做罗宋汤 -> 罗宋汤
        下一步 -> 第一步
        一个香蕉有多少卡路里 -> 千卡
        下一步 -> 第二步
        一杯面粉是多少克 -> 一百二十五克
        把菜谱写下来 -> 罗宋汤
        下一步 -> 第三步
        """,
    "换一个": """
        推荐一个素菜 -> 简单|分钟
        换一个 -> 分钟
        还有吗 -> 分钟
        第一个 -> 用料
        下一步 -> 第一步
        """,
    "手上都是油": """
        教我做麻婆豆腐 -> 麻婆豆腐
        先说说要准备啥 -> 豆腐四百克
        开始吧 -> 第一步
        豆腐要切多大 -> 两厘米
        能不能不放花椒 -> 花椒粉可以不放
        这里面有花生吗 -> 没有
        手上都是油等一下 -> 好
        刚才那步再说一遍 -> 第一步
        太咸了怎么办 -> 豆腐
        勾芡怎么弄 -> 淀粉
        写下来给我 -> 菜谱卡
        """,
    "两口锅": """
        教我做清蒸鲈鱼 -> 清蒸鲈鱼
        下一步 -> 第一步
        再做一个蒜蓉西兰花 -> 先放着
        开始 -> 第一步，西兰花
        回到鱼那边 -> 回到清蒸鲈鱼
        继续 -> 大火蒸8分钟
        西兰花呢 -> 回到蒜蓉西兰花
        -- kill
        下一步 -> 最后一步
        """,
    "过敏和一句问话": """
        我对花生过敏能吃啥 -> 记住了 | 花生 | 避开
        客人不能吃鸡蛋请推荐几个菜 -> ! 记住了
        我们家有什么忌口 -> 花生 | ! 蛋
        红烧肉配什么菜好 -> 红烧肉
        生抽和老抽有什么不一样 -> 上色
        """,
}


@pytest.mark.parametrize("name", EN)
async def test_a_session_in_english(name, tmp_path):
    await House(tmp_path, "en").play(EN[name])


@pytest.mark.parametrize("name", ZH)
async def test_a_session_in_chinese(name, tmp_path):
    await House(tmp_path, "zh").play(ZH[name])


def test_there_are_a_dozen_in_each_language():
    assert min(len(EN), len(ZH)) >= 12


async def test_a_timer_rings_with_the_name_of_the_dish_and_what_to_look_for(tmp_path):
    house = House(tmp_path)
    await house.play("cook shakshuka\nnext\nyes please")
    (job,) = house.tried.scheduler.jobs()
    assert (job.due - house.tried.clock.now()).total_seconds() == pytest.approx(480, abs=1)
    outcome = await house.tried.due(job)
    assert outcome.rings
    assert "Shakshuka" in outcome.text
    assert "golden edges" in outcome.text
    told = await house.tried.missed([job])
    assert "Shakshuka" in told.text


async def test_a_misheard_name_is_asked_about_and_a_no_is_taken(tmp_path):
    house = House(tmp_path)
    outcome = await house.say("cook bean shilly stew", answers=["no"])
    assert not house.tried.skill.cooking() or not outcome.asked


async def test_what_is_cooked_is_remembered(tmp_path):
    house = await House(tmp_path).play("cook hummus")
    assert "Hummus" in (await house.say("what did we cook last time")).text


async def test_a_guess_does_not_change_the_profile_unasked(tmp_path):
    house = House(tmp_path)
    outcome = house.tried.turn("en", text="we are kind of vegetarian", answers=["no"])
    from dataclasses import replace

    outcome.turn.route = replace(outcome.turn.route, stage="match", intent="dislike")
    outcome.turn.text = "we are kind of vegetarian"
    await house.tried.run(outcome, house.tried.skill.dislike(outcome.turn))
    assert outcome.asked
    assert not house.tried.skill.profile
    house.tried.clock.jump(timedelta(minutes=1))


async def test_what_the_people_of_the_household_are_allergic_to_is_minded(tmp_path):
    from voice_assistant.allergies import Allergies

    house = House(tmp_path)
    people = Allergies(house.tried.database)
    people.add("Emma", ["peanuts"])
    people.add("Li", ["海鲜"])
    await house.play("""
        cook pad thai -> rather not
        cook garlic prawns -> rather not
        what are our allergies -> peanuts | crustaceans
        i hate coriander -> coriander
        """)
    people.remove("Emma", ["peanuts"])
    assert "peanut" not in house.tried.skill.profile.allergies


@pytest.mark.parametrize(
    ("language", "fact", "text"),
    [
        ("en", "you are vegetarian", "what should i cook for dinner"),
        ("zh", "你们吃素", "晚饭做什么好"),
    ],
)
async def test_a_diet_that_another_skill_remembers_is_kept(tmp_path, language, fact, text):
    facts = [fact, "the vegetarian restaurant is in the main street"]
    services = {"memories": lambda asked: facts if asked == language else []}
    house = House(tmp_path, language, services=services)
    assert house.tried.skill.profile.diets == {"vegetarian"}
    said = " ".join((await house.say(text)).said)
    assert "vegetarian" in said or "素食" in said
    facts.pop(0)
    assert not house.tried.skill.profile.diets
